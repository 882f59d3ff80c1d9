ipset create crowdsec-blacklists-0 hash:net timeout 300; ipset add crowdsec-blacklists-0 198.51.100.7
