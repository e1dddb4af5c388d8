#!/bin/sh
# 双击打开网页：查、问、写。关掉这个窗口（或按 Ctrl-C）就停下。
cd "$(dirname "$0")" && exec ./assistant --library "${HOME:-.}/年报助手" serve
