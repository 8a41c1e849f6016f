// The few instructions that spike coding needs and Swift's vector types cannot say.

#ifndef CSPIKEKERNELS_H
#define CSPIKEKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has the instructions of lockstep_encode_gaps (AVX-512 VBMI and VBMI2).
bool lockstep_can_encode_gaps(void);

/// Encodes the spikes of some words in the gap code of docs/TraceFormat.md.
///
/// `silence` is the number of silent positions since the last spike, before and after. `output`
/// needs room for what is written and 64 bytes more. Returns the bytes written.
size_t lockstep_encode_gaps(
    const uint64_t *words, size_t count, size_t *silence, uint8_t *output);

#endif
