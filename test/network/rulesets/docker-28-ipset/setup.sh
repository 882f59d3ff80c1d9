ipset create docker-ext-bridges-v4 hash:net; ipset add docker-ext-bridges-v4 172.17.0.0/16
