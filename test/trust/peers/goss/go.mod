module goss

go 1.22

require github.com/goss-org/goss v0.4.9
