// Blocks of outputs in registers, of which the last may be narrower than its registers.

#ifndef LOCKSTEP_OUTPUT_BLOCKS_H
#define LOCKSTEP_OUTPUT_BLOCKS_H

#include "Rows.h"

// The functions below are told how many outputs a narrow block has, and 0 for a whole one: a constant
// where they are compiled in, so that whole blocks never leave their registers.

// Calls, for every block of the outputs, with its number, its first output and its narrow outputs or a
// constant 0.
#define FOR_EVERY_BLOCK(shape, rows, CALL)                                       \
  for (int32_t block = 0; block < (shape)->blocks; block++) {                    \
    const int32_t first = block * 16 * (rows);                                   \
    const int32_t left = (shape)->outputChannels - first;                        \
    if (left >= 16 * (rows)) {                                                   \
      CALL(block, first, 0);                                                     \
    } else {                                                                     \
      CALL(block, first, left);                                                  \
    }                                                                            \
  }

// Writes a block's sums.
INLINE void store(const row16 *sums, int rows, int32_t narrow, float *output) {
  if (narrow == 0) {
    for (int row = 0; row < rows; row++) *(row16 *)(output + 16 * row) = sums[row];
  } else {
    float values[64];
    for (int row = 0; row < rows; row++) *(row16 *)(values + 16 * row) = sums[row];
    memcpy(output, values, (size_t)narrow * sizeof(float));
  }
}

// Reads what was stored; the values behind the last output do not matter.
INLINE void load(row16 *sums, int rows, int32_t narrow, const float *output) {
  if (narrow == 0) {
    for (int row = 0; row < rows; row++) sums[row] = *(const row16 *)(output + 16 * row);
  } else {
    float values[64] = {0};
    memcpy(values, output, (size_t)narrow * sizeof(float));
    for (int row = 0; row < rows; row++) sums[row] = *(const row16 *)(values + 16 * row);
  }
}

#endif
