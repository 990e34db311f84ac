// Only read for its CustomResourceDefinitions: nothing here is compiled, so `go mod tidy` would leave the line out.
module localcluster.invalid/gateway-api

go 1.26.0

require sigs.k8s.io/gateway-api v1.6.3
