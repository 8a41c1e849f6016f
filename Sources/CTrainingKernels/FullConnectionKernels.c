#include "CTrainingKernels.h"
#include "OutputBlocks.h"

// Full connections from listed events. Some inputs at a time, whose weights stay in the nearest cache
// while all pixels take them for their events.

// One block of outputs.
INLINE void full_block(
    const lockstep_convolution *shape, const int32_t *starts, const int32_t *codes,
    const float *values, const float *weights, const float *bias, float *output,
    int32_t narrow, const int rows, const int has_values) {
  enum { most_pixels = 256, weights_at_a_time = 6144, few_pixels = 8 };
  int32_t reached[most_pixels];
  const int32_t inputs = shape->inputChannels, most = weights_at_a_time / (16 * rows);
  const int32_t bands = shape->outputWidth < few_pixels ? 1 : (inputs + most - 1) / most;
  for (int32_t first = 0; first < shape->outputWidth; first += most_pixels) {
    const int32_t left = shape->outputWidth - first;
    const int32_t pixels = left < most_pixels ? left : most_pixels;
    memcpy(reached, starts + first, (size_t)pixels * sizeof(int32_t));
    for (int32_t band = 0; band < bands; band++) {
      const int32_t code_end = (int32_t)((int64_t)(band + 1) * inputs / bands);
      float *target = output + (int64_t)first * shape->outputChannels;
      for (int32_t pixel = 0; pixel < pixels; pixel++, target += shape->outputChannels) {
        // Codes count the pixels before.
        const int32_t code_base = (first + pixel) * inputs, code_last = code_base + code_end;
        const int32_t end = starts[first + pixel + 1];
        int32_t event = reached[pixel];
        row16 sums[4];
        if (band == 0) {
          for (int row = 0; row < rows; row++) sums[row] = (row16){0};
        } else {
          load(sums, rows, narrow, target);
        }
        for (; event < end && codes[event] < code_last; event++) {
          const float *weight = weights + (int64_t)(codes[event] - code_base) * 16 * rows;
          for (int row = 0; row < rows; row++) {
            const row16 term = *(const row16 *)(weight + 16 * row);
            sums[row] = has_values ? MULTIPLY_ADD(EVERY(values[event]), term, sums[row])
                                   : sums[row] + term;
          }
        }
        reached[pixel] = event;
        if (bias && band == bands - 1) {
          for (int row = 0; row < rows; row++) {
            sums[row] = sums[row] + *(const row16 *)(bias + 16 * row);
          }
        }
        store(sums, rows, narrow, target);
      }
    }
  }
}

INLINE void full(
    const lockstep_convolution *shape, const int32_t *starts, const int32_t *codes,
    const float *values, const float *weights, const float *bias, float *output, const int rows,
    const int has_values) {
  const int64_t block_weights = (int64_t)shape->inputChannels * 16 * rows;
#define BLOCK(block, first, narrow)                                      \
  full_block(                                                            \
      shape, starts, codes, values, weights + block * block_weights,     \
      bias ? bias + first : 0, output + first, narrow, rows, has_values)
  FOR_EVERY_BLOCK(shape, rows, BLOCK)
#undef BLOCK
}

INLINE void lockstep_gather_full_body(
    const lockstep_convolution *shape, const int32_t *starts, const int32_t *codes,
    const float *values, const float *weights, const float *bias, float *output) {
  const int has_values = values != 0;
#define FULL(rows, has_values) \
  full(shape, starts, codes, values, weights, bias, output, rows, has_values)
  switch (shape->blockWidth + has_values) {
  case 16: FULL(1, 0); break;
  case 17: FULL(1, 1); break;
  case 32: FULL(2, 0); break;
  case 33: FULL(2, 1); break;
  case 64: FULL(4, 0); break;
  case 65: FULL(4, 1); break;
  }
}

FOR_EVERY_PROCESSOR(
    void, lockstep_gather_full,
    (
    const lockstep_convolution *shape, const int32_t *starts, const int32_t *codes,
    const float *values, const float *weights, const float *bias, float *output),
    (shape, starts, codes, values, weights, bias, output))
