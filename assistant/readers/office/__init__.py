"""Files of formats that only an office program reads: turned into .docx and .xlsx by LibreOffice where it is there."""
