// Intel's oneDNN, which tests compare our kernels with and benchmarks take the machine's ceiling from.
#include <oneapi/dnnl/dnnl.h>
