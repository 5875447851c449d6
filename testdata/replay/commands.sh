#!/bin/bash
# what the terminal remembers
curl http://garden.example/
curl -sS 'http://garden.example/orders' \
  -H 'content-type: application/json' \
  --data-raw $'{"note":"it\u0027s"}' --compressed
curl -I http://seeds.example/a/../b
curl -H 'Host: weeds.example' http://garden.example/
curl -K settings.txt http://garden.example/
curl 'http://garden.example/search?q=%5E' -d '{"pattern":"^"}'
