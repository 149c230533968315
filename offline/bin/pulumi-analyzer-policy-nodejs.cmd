@node "%~dp0start-policy-pack.js" %*
