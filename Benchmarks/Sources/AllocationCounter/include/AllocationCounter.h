#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdint.h>

// What the process has asked of the heap since it started, over all threads.
// Linking this target replaces malloc and its relatives by counting wrappers around glibc's own.

/// Bytes requested so far.
uint64_t allocation_counter_bytes(void);

/// Requests so far: malloc, calloc, aligned allocations, and reallocations.
uint64_t allocation_counter_requests(void);

#endif
