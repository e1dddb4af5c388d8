@echo off
chcp 65001 >nul
rem 双击打开网页：查、问、写。关掉这个窗口就停下。
cd /d "%~dp0"
assistant.exe --library "%USERPROFILE%\年报助手" serve
pause
