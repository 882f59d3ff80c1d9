#include <libelf.h>
#include <openssl/ssl.h>
#include <stdio.h>
