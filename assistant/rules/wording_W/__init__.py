"""W: 用语与个人信息, wording and personal data."""
