#include "CTrainingKernels.h"
#include "OutputBlocks.h"

// Convolutions from listed events.

// What one kernel row adds to a row of outputs.
typedef struct {
  // Of the input row.
  const int32_t *starts, *codes;
  const float *values;
  const float *weights;
  // Added at the end; null but for the last kernel row.
  const float *bias;
  // Of the first kernel row, which adds to nothing.
  int is_first;
} kernel_row;

INLINE void finish(
    const kernel_row *part, row16 *sums, float *output, int32_t narrow, const int rows) {
  if (!part->is_first) {
    row16 before[4];
    load(before, rows, narrow, output);
    for (int row = 0; row < rows; row++) sums[row] = before[row] + sums[row];
  }
  if (part->bias) {
    for (int row = 0; row < rows; row++) {
      sums[row] = sums[row] + *(const row16 *)(part->bias + 16 * row);
    }
  }
  store(sums, rows, narrow, output);
}

// Output by output, for any stride.
INLINE void gather_outputs(
    const lockstep_convolution *shape, const kernel_row *part, float *output, int32_t narrow,
    const int rows, const int has_values) {
  const int64_t pixel = (int64_t)shape->inputChannels * 16 * rows;
  for (int32_t x = 0; x < shape->outputWidth; x++, output += shape->outputChannels) {
    const int32_t left_edge = x * shape->stride - shape->padding;
    const int32_t from = left_edge < 0 ? 0 : left_edge;
    const int32_t right_edge = left_edge + shape->kernelWidth;
    const int32_t to = right_edge > shape->inputWidth ? shape->inputWidth : right_edge;
    row16 sums[4];
    for (int row = 0; row < rows; row++) sums[row] = (row16){0};
    if (from < to) {
      const float *base = part->weights - left_edge * pixel;
      const int32_t *event = part->codes + part->starts[from], *end = part->codes + part->starts[to];
      const float *value = part->values + (event - part->codes);
      for (; event < end; event++, value++) {
        const float *weight = base + (int64_t)*event * 16 * rows;
        for (int row = 0; row < rows; row++) {
          const row16 term = *(const row16 *)(weight + 16 * row);
          sums[row] = has_values ? MULTIPLY_ADD(EVERY(*value), term, sums[row]) : sums[row] + term;
        }
      }
    }
    finish(part, sums, output, narrow, rows);
  }
}

// Column by column of the input, for stride 1: an event reaches as many outputs as the kernel is wide,
// whose sums are independent of each other and stay in registers while the window moves over them.
INLINE void gather_columns(
    const lockstep_convolution *shape, const kernel_row *part, float *output, int32_t narrow,
    const int rows, const int width, const int has_values) {
  const int64_t tap = (int64_t)shape->inputChannels * 16 * rows;
  const float *weights = part->weights + (width - 1) * tap;
  row16 sums[5][4];
  for (int place = 0; place < width; place++) {
    for (int row = 0; row < rows; row++) sums[place][row] = (row16){0};
  }
  // sums[0] belongs to output x; it is complete when its last column has gone by.
  int32_t x = shape->padding - width + 1;
  const int32_t columns = shape->inputWidth + shape->padding;
  for (int32_t column = 0; column < columns; column++, x++, weights -= tap) {
    if (column < shape->inputWidth) {
      const int32_t *event = part->codes + part->starts[column];
      const int32_t *end = part->codes + part->starts[column + 1];
      const float *value = part->values + (event - part->codes);
      for (; event < end; event++, value++) {
        const float *weight = weights + (int64_t)*event * 16 * rows;
        for (int place = 0; place < width; place++) {
          for (int row = 0; row < rows; row++) {
            const row16 term = *(const row16 *)(weight - place * tap + 16 * row);
            sums[place][row] = has_values ? MULTIPLY_ADD(EVERY(*value), term, sums[place][row])
                                          : sums[place][row] + term;
          }
        }
      }
    }
    if (x >= 0) {
      finish(part, sums[0], output, narrow, rows);
      output += shape->outputChannels;
    }
    for (int place = 0; place + 1 < width; place++) {
      for (int row = 0; row < rows; row++) sums[place][row] = sums[place + 1][row];
    }
    for (int row = 0; row < rows; row++) sums[width - 1][row] = (row16){0};
  }
}

// Rows of outputs to which a kernel row adds, while its weights are in the nearest cache.
enum { rows_at_a_time = 4 };

// One block of outputs.
INLINE void gather_block(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const int32_t *starts,
    const int32_t *codes, const float *values, const float *weights, const float *bias,
    float *output, int32_t narrow, const int rows, const int has_values) {
  const int64_t row_weights = (int64_t)shape->kernelWidth * shape->inputChannels * 16 * rows;
  const int64_t line = (int64_t)shape->outputWidth * shape->outputChannels;
  const int slides = shape->stride == 1 && shape->padding < shape->kernelWidth;
  for (int32_t band = first_row; band < end_row; band += rows_at_a_time) {
    const int32_t band_end = band + rows_at_a_time < end_row ? band + rows_at_a_time : end_row;
    for (int32_t ky = 0; ky < shape->kernelHeight; ky++) {
      for (int32_t y = band; y < band_end; y++) {
        const int32_t top = y * shape->stride - shape->padding;
        const int32_t ky_first = top < 0 ? -top : 0;
        const int32_t below = shape->inputHeight - top;
        const int32_t ky_end = below < shape->kernelHeight ? below : shape->kernelHeight;
        if (ky < ky_first || ky >= ky_end) continue;
        const kernel_row part = {
            .starts = starts + (top + ky) * shape->inputWidth,
            .codes = codes,
            .values = values,
            .weights = weights + ky * row_weights,
            .bias = ky == ky_end - 1 ? bias : 0,
            .is_first = ky == ky_first,
        };
        float *target = output + (y - first_row) * line;
        if (slides && shape->kernelWidth == 3) {
          gather_columns(shape, &part, target, narrow, rows, 3, has_values);
        } else if (slides && shape->kernelWidth == 5 && rows < 4) {
          gather_columns(shape, &part, target, narrow, rows, 5, has_values);
        } else {
          gather_outputs(shape, &part, target, narrow, rows, has_values);
        }
      }
    }
  }
}

INLINE void gather(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const int32_t *starts,
    const int32_t *codes, const float *values, const float *weights, const float *bias,
    float *output, const int rows, const int has_values) {
  const int64_t block_weights =
      (int64_t)shape->kernelHeight * shape->kernelWidth * shape->inputChannels * 16 * rows;
#define BLOCK(block, first, narrow)                                                      \
  gather_block(                                                                          \
      shape, first_row, end_row, starts, codes, values, weights + block * block_weights, \
      bias ? bias + first : 0, output + first, narrow, rows, has_values)
  FOR_EVERY_BLOCK(shape, rows, BLOCK)
#undef BLOCK
}

INLINE void lockstep_gather_body(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const int32_t *starts,
    const int32_t *codes, const float *values, const float *weights, const float *bias,
    float *output) {
  const int has_values = values != 0;
  // Never read, but the pointer moves.
  if (!has_values) values = weights;
#define GATHER(rows, has_values)                                                             \
  gather(                                                                                    \
      shape, first_row, end_row, starts, codes, values, weights, bias, output, rows, has_values)
  switch (shape->blockWidth + has_values) {
  case 16: GATHER(1, 0); break;
  case 17: GATHER(1, 1); break;
  case 32: GATHER(2, 0); break;
  case 33: GATHER(2, 1); break;
  case 64: GATHER(4, 0); break;
  case 65: GATHER(4, 1); break;
  }
}

FOR_EVERY_PROCESSOR(
    void, lockstep_gather,
    (
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const int32_t *starts,
    const int32_t *codes, const float *values, const float *weights, const float *bias,
    float *output),
    (shape, first_row, end_row, starts, codes, values, weights, bias, output))
