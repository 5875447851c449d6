# copied from the browser
$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
$session.Cookies.Add((New-Object System.Net.Cookie("basket", "7", "/", "garden.example")))
Invoke-WebRequest -UseBasicParsing -Uri "http://garden.example/orders" `
-Method "POST" `
-WebSession $session `
-Headers @{
"Accept"="application/json"
  "Origin"="http://garden.example"
  "sec-ch-ua"="`"Chromium`";v=`"126`""
} `
-ContentType "application/json" `
-Body "{`"note`":`"$([char]228)`"}"
Invoke-WebRequest -UseBasicParsing -Uri "http://garden.example/old"
Invoke-WebRequest -Uri $next
$answer = Invoke-RestMethod 'http://weeds.example/'
