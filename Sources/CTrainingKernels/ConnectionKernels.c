#include "CTrainingKernels.h"
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
  int32_t outputs;
} kernel_row;

INLINE void finish(
    const kernel_row *part, row16 *sums, float *output, const int rows) {
  if (!part->is_first) {
    row16 before[4];
    load(before, rows, part->outputs, output);
    for (int row = 0; row < rows; row++) sums[row] = before[row] + sums[row];
  }
  if (part->bias) {
    for (int row = 0; row < rows; row++) {
      sums[row] = sums[row] + *(const row16 *)(part->bias + 16 * row);
    }
  }
  store(sums, rows, part->outputs, output);
}

// Output by output, for any stride.
INLINE void gather_outputs(
    const lockstep_convolution *shape, const kernel_row *part, float *output, const int rows,
    const int has_values) {
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
    finish(part, sums, output, rows);
  }
}

// Column by column of the input, for stride 1: an event reaches as many outputs as the kernel is wide,
// whose sums are independent of each other and stay in registers while the window moves over them.
INLINE void gather_columns(
    const lockstep_convolution *shape, const kernel_row *part, float *output, const int rows,
    const int width, const int has_values) {
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
      finish(part, sums[0], output, rows);
      output += shape->outputChannels;
    }
    for (int place = 0; place + 1 < width; place++) {
      for (int row = 0; row < rows; row++) sums[place][row] = sums[place + 1][row];
    }
    for (int row = 0; row < rows; row++) sums[width - 1][row] = (row16){0};
  }
}

INLINE void gather(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const int32_t *starts,
    const int32_t *codes, const float *values, const float *weights, const float *bias,
    float *output, const int rows, const int has_values) {
  const int64_t row_weights = (int64_t)shape->kernelWidth * shape->inputChannels * 16 * rows;
  const int slides = shape->stride == 1 && shape->padding < shape->kernelWidth;
  for (int32_t block = 0; block < shape->blocks; block++) {
    const int32_t first = block * 16 * rows;
    const int32_t left = shape->outputChannels - first;
    for (int32_t y = first_row; y < end_row; y++) {
      float *target = output + first
                      + (int64_t)(y - first_row) * shape->outputWidth * shape->outputChannels;
      const int32_t top = y * shape->stride - shape->padding;
      const int32_t ky_first = top < 0 ? -top : 0;
      const int32_t below = shape->inputHeight - top;
      const int32_t ky_end = below < shape->kernelHeight ? below : shape->kernelHeight;
      for (int32_t ky = ky_first; ky < ky_end; ky++) {
        const kernel_row part = {
            .starts = starts + (top + ky) * shape->inputWidth,
            .codes = codes,
            .values = values,
            .weights = weights + (block * shape->kernelHeight + ky) * row_weights,
            .bias = bias && ky == ky_end - 1 ? bias + first : 0,
            .is_first = ky == ky_first,
            .outputs = left < 16 * rows ? left : 16 * rows,
        };
        if (slides && shape->kernelWidth == 3) {
          gather_columns(shape, &part, target, rows, 3, has_values);
        } else if (slides && shape->kernelWidth == 5 && rows < 4) {
          gather_columns(shape, &part, target, rows, 5, has_values);
        } else {
          gather_outputs(shape, &part, target, rows, has_values);
        }
      }
    }
  }
}

FOR_EVERY_PROCESSOR
void lockstep_gather(
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

// `tile` neighbouring output pixels at once, so that a weight is loaded once for all of them.
INLINE void dense_tile(
    const lockstep_convolution *shape, const float *padded, const float *weights,
    const float *bias, float *output, const int rows, const int tile, int32_t outputs) {
  const int32_t channels = shape->inputChannels;
  const int32_t padded_width = shape->inputWidth + 2 * shape->padding;
  const int64_t step = (int64_t)shape->stride * channels;
  const int32_t run = shape->kernelWidth * channels;
  row16 totals[8][4];
  for (int pixel = 0; pixel < tile; pixel++) {
    for (int row = 0; row < rows; row++) totals[pixel][row] = (row16){0};
  }
  for (int32_t ky = 0; ky < shape->kernelHeight; ky++) {
    const float *input = padded + (int64_t)ky * padded_width * channels;
    row16 sums[8][4];
    for (int pixel = 0; pixel < tile; pixel++) {
      for (int row = 0; row < rows; row++) sums[pixel][row] = (row16){0};
    }
    for (int32_t position = 0; position < run; position++) {
      row16 weight[4];
      for (int row = 0; row < rows; row++) weight[row] = *(const row16 *)(weights + 16 * row);
      for (int pixel = 0; pixel < tile; pixel++) {
        const row16 value = EVERY(input[position + pixel * step]);
        for (int row = 0; row < rows; row++) {
          sums[pixel][row] = MULTIPLY_ADD(value, weight[row], sums[pixel][row]);
        }
      }
      weights += 16 * rows;
    }
    for (int pixel = 0; pixel < tile; pixel++) {
      for (int row = 0; row < rows; row++) {
        totals[pixel][row] = totals[pixel][row] + sums[pixel][row];
      }
    }
  }
  for (int pixel = 0; pixel < tile; pixel++) {
    if (bias) {
      for (int row = 0; row < rows; row++) {
        totals[pixel][row] = totals[pixel][row] + *(const row16 *)(bias + 16 * row);
      }
    }
    store(totals[pixel], rows, outputs, output + (int64_t)pixel * shape->outputChannels);
  }
}

INLINE void dense(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const float *padded,
    const float *weights, const float *bias, float *output, const int rows, const int tile) {
  const int32_t channels = shape->inputChannels;
  const int32_t padded_width = shape->inputWidth + 2 * shape->padding;
  const int64_t block_size =
      (int64_t)shape->kernelHeight * shape->kernelWidth * channels * 16 * rows;
  for (int32_t block = 0; block < shape->blocks; block++) {
    const int32_t first = block * 16 * rows;
    const int32_t left = shape->outputChannels - first;
    const int32_t outputs = left < 16 * rows ? left : 16 * rows;
    const float *block_weights = weights + block * block_size;
    const float *block_bias = bias ? bias + first : 0;
    float *target = output + first;
    for (int32_t y = first_row; y < end_row; y++) {
      const float *input = padded + (int64_t)y * shape->stride * padded_width * channels;
      int32_t x = 0;
      for (; x + tile <= shape->outputWidth; x += tile) {
        dense_tile(
            shape, input + (int64_t)x * shape->stride * channels, block_weights, block_bias,
            target + (int64_t)x * shape->outputChannels, rows, tile, outputs);
      }
      for (; x < shape->outputWidth; x++) {
        dense_tile(
            shape, input + (int64_t)x * shape->stride * channels, block_weights, block_bias,
            target + (int64_t)x * shape->outputChannels, rows, 1, outputs);
      }
      target += (int64_t)shape->outputWidth * shape->outputChannels;
    }
  }
}

FOR_EVERY_PROCESSOR
void lockstep_dense(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const float *padded,
    const float *weights, const float *bias, float *output) {
  switch (shape->blockWidth) {
  case 16: dense(shape, first_row, end_row, padded, weights, bias, output, 1, 8); break;
  case 32: dense(shape, first_row, end_row, padded, weights, bias, output, 2, 8); break;
  case 64: dense(shape, first_row, end_row, padded, weights, bias, output, 4, 5); break;
  }
}

// The gradients of `taps` taps and 16 * rows outputs, held in registers over all events.
INLINE void add_block(
    const int32_t *places, const float *values, int32_t events, const float *rows,
    const int32_t *taps, float *gradient, int64_t stride, const int tap_count, const int width,
    const int has_values) {
  row16 sums[9][4];
  for (int tap = 0; tap < tap_count; tap++) {
    for (int row = 0; row < width; row++) {
      sums[tap][row] = *(const row16 *)(gradient + tap * stride + 16 * row);
    }
  }
  for (int32_t event = 0; event < events; event++) {
    const float *base = rows + places[event];
    for (int tap = 0; tap < tap_count; tap++) {
      for (int row = 0; row < width; row++) {
        const row16 term = *(const row16 *)(base + taps[tap] + 16 * row);
        if (has_values) {
          sums[tap][row] = MULTIPLY_ADD(EVERY(values[event]), term, sums[tap][row]);
        } else {
          sums[tap][row] = sums[tap][row] + term;
        }
      }
    }
  }
  for (int tap = 0; tap < tap_count; tap++) {
    for (int row = 0; row < width; row++) {
      *(row16 *)(gradient + tap * stride + 16 * row) = sums[tap][row];
    }
  }
}

INLINE void add_rows(
    const int32_t *places, const float *values, int32_t events, const float *rows,
    const int32_t *taps, int32_t tap_count, int32_t outputs, float *gradient, int64_t stride,
    const int has_values) {
  int32_t output = 0;
  if (tap_count == 9) {
    for (; output + 32 <= outputs; output += 32) {
      add_block(
          places, values, events, rows + output, taps, gradient + output, stride, 9, 2, has_values);
    }
    for (; output + 16 <= outputs; output += 16) {
      add_block(
          places, values, events, rows + output, taps, gradient + output, stride, 9, 1, has_values);
    }
  } else {
    for (; output + 64 <= outputs; output += 64) {
      for (int32_t tap = 0; tap < tap_count; tap++) {
        add_block(
            places, values, events, rows + output, taps + tap, gradient + output + tap * stride,
            stride, 1, 4, has_values);
      }
    }
    for (; output + 16 <= outputs; output += 16) {
      for (int32_t tap = 0; tap < tap_count; tap++) {
        add_block(
            places, values, events, rows + output, taps + tap, gradient + output + tap * stride,
            stride, 1, 1, has_values);
      }
    }
  }
  if (output == outputs) return;
  for (int32_t event = 0; event < events; event++) {
    const float value = has_values ? values[event] : 1;
    for (int32_t tap = 0; tap < tap_count; tap++) {
      const float *base = rows + places[event] + taps[tap];
      for (int32_t rest = output; rest < outputs; rest++) {
        gradient[tap * stride + rest] =
            __builtin_elementwise_fma(value, base[rest], gradient[tap * stride + rest]);
      }
    }
  }
}

FOR_EVERY_PROCESSOR
void lockstep_add_rows(
    const int32_t *places, const float *values, int32_t events, const float *rows,
    const int32_t *taps, int32_t tap_count, int32_t outputs, float *gradient,
    int64_t gradient_stride) {
  if (values) {
    add_rows(
        places, values, events, rows, taps, tap_count, outputs, gradient, gradient_stride, 1);
  } else {
    add_rows(
        places, values, events, rows, taps, tap_count, outputs, gradient, gradient_stride, 0);
  }
}
