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

/// Whether this processor has the instructions of lockstep_decode_gaps (BMI2).
bool lockstep_can_decode_gaps(void);

/// Sets the bits of the spikes that a gap code lists, in words that are all zero.
///
/// Returns the spikes, or -1 if the code leads beyond the words; writes nothing beyond them.
ptrdiff_t lockstep_decode_gaps(
    const uint8_t *gaps, size_t count, uint64_t *words, size_t word_count);

#endif
