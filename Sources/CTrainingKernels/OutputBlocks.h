// Blocks of outputs in registers, of which the last may be narrower than its registers.

#ifndef LOCKSTEP_OUTPUT_BLOCKS_H
#define LOCKSTEP_OUTPUT_BLOCKS_H

#include "Rows.h"

// Writes a block's sums; the last block may be narrower than its registers.
INLINE void store(const row16 *sums, int rows, int32_t outputs, float *output) {
  if (outputs == 16 * rows) {
    for (int row = 0; row < rows; row++) *(row16 *)(output + 16 * row) = sums[row];
  } else {
    memcpy(output, sums, (size_t)outputs * sizeof(float));
  }
}

// Reads what was stored; the values behind the last output do not matter.
INLINE void load(row16 *sums, int rows, int32_t outputs, const float *output) {
  if (outputs == 16 * rows) {
    for (int row = 0; row < rows; row++) sums[row] = *(const row16 *)(output + 16 * row);
  } else {
    for (int row = 0; row < rows; row++) sums[row] = (row16){0};
    memcpy(sums, output, (size_t)outputs * sizeof(float));
  }
}

#endif
