ip route add throw default table 100; ip rule add iif vm-tap0 lookup 100 priority 1000
