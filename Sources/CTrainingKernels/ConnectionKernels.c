#include "CTrainingKernels.h"
#include "Rows.h"

// Writes a block's sums; the last block may be narrower than its registers.
INLINE void store(row16 *sums, int rows, int32_t outputs, float *output) {
  if (outputs == 16 * rows) {
    for (int row = 0; row < rows; row++) *(row16 *)(output + 16 * row) = sums[row];
  } else {
    memcpy(output, sums, (size_t)outputs * sizeof(float));
  }
}

INLINE void gather(
    const lockstep_convolution *shape, const int32_t *starts, const int32_t *codes,
    const float *values, const float *weights, const float *bias, float *output, const int rows,
    const int has_values) {
  const int32_t channels = shape->inputChannels, width = shape->inputWidth;
  const int64_t block_size = (int64_t)shape->kernelHeight * shape->kernelWidth * channels * 16 * rows;
  for (int32_t block = 0; block < shape->blocks; block++) {
    const int32_t first = block * 16 * rows;
    const int32_t left = shape->outputChannels - first;
    const int32_t outputs = left < 16 * rows ? left : 16 * rows;
    const float *block_weights = weights + block * block_size;
    for (int32_t y = 0; y < shape->outputHeight; y++) {
      for (int32_t x = 0; x < shape->outputWidth; x++) {
        row16 sums[4];
        for (int row = 0; row < rows; row++) sums[row] = (row16){0};
        const int32_t left_edge = x * shape->stride - shape->padding;
        const int32_t from = left_edge < 0 ? 0 : left_edge;
        const int32_t right_edge = left_edge + shape->kernelWidth;
        const int32_t to = right_edge > width ? width : right_edge;
        for (int32_t ky = 0; ky < shape->kernelHeight && from < to; ky++) {
          const int32_t row_in = y * shape->stride - shape->padding + ky;
          if (row_in < 0 || row_in >= shape->inputHeight) continue;
          const float *base =
              block_weights + (int64_t)(ky * shape->kernelWidth - left_edge) * channels * 16 * rows;
          const int32_t *event = codes + starts[row_in * width + from];
          const int32_t *end = codes + starts[row_in * width + to];
          const float *value = values + (event - codes);
          while (event < end) {
            const float *weight = base + (int64_t)*event * 16 * rows;
            for (int row = 0; row < rows; row++) {
              const row16 term = *(const row16 *)(weight + 16 * row);
              if (has_values) {
                sums[row] = sums[row] + *value * term;
              } else {
                sums[row] = sums[row] + term;
              }
            }
            event++;
            if (has_values) value++;
          }
        }
        if (bias) {
          for (int row = 0; row < rows; row++) {
            sums[row] = sums[row] + *(const row16 *)(bias + first + 16 * row);
          }
        }
        store(
            sums, rows, outputs,
            output + ((int64_t)y * shape->outputWidth + x) * shape->outputChannels + first);
      }
    }
  }
}

FOR_EVERY_PROCESSOR
void lockstep_gather(
    const lockstep_convolution *shape, const int32_t *starts, const int32_t *codes,
    const float *values, const float *weights, const float *bias, float *output) {
  const int has_values = values != 0;
  // Never read, but the pointer moves.
  if (!has_values) values = weights;
  switch (shape->blockWidth + has_values) {
  case 16: gather(shape, starts, codes, values, weights, bias, output, 1, 0); break;
  case 17: gather(shape, starts, codes, values, weights, bias, output, 1, 1); break;
  case 32: gather(shape, starts, codes, values, weights, bias, output, 2, 0); break;
  case 33: gather(shape, starts, codes, values, weights, bias, output, 2, 1); break;
  case 64: gather(shape, starts, codes, values, weights, bias, output, 4, 0); break;
  case 65: gather(shape, starts, codes, values, weights, bias, output, 4, 1); break;
  }
}

// `tile` neighbouring output pixels at once, so that a weight is loaded once for all of them.
INLINE void dense_tile(
    const lockstep_convolution *shape, const float *padded, const float *weights,
    const float *bias, float *output, const int rows, const int tile, int32_t outputs) {
  const int32_t channels = shape->inputChannels;
  const int32_t padded_width = shape->inputWidth + 2 * shape->padding;
  const int64_t step = (int64_t)shape->stride * channels;
  row16 sums[8][4];
  for (int pixel = 0; pixel < tile; pixel++) {
    for (int row = 0; row < rows; row++) sums[pixel][row] = (row16){0};
  }
  for (int32_t ky = 0; ky < shape->kernelHeight; ky++) {
    const float *input = padded + (int64_t)ky * padded_width * channels;
    const int32_t run = shape->kernelWidth * channels;
    for (int32_t position = 0; position < run; position++) {
      row16 weight[4];
      for (int row = 0; row < rows; row++) weight[row] = *(const row16 *)(weights + 16 * row);
      for (int pixel = 0; pixel < tile; pixel++) {
        const row16 value = (row16){0} + input[pixel * step + position];
        for (int row = 0; row < rows; row++) {
          sums[pixel][row] = sums[pixel][row] + value * weight[row];
        }
      }
      weights += 16 * rows;
    }
  }
  for (int pixel = 0; pixel < tile; pixel++) {
    if (bias) {
      for (int row = 0; row < rows; row++) {
        sums[pixel][row] = sums[pixel][row] + *(const row16 *)(bias + 16 * row);
      }
    }
    store(sums[pixel], rows, outputs, output + (int64_t)pixel * shape->outputChannels);
  }
}

INLINE void dense(
    const lockstep_convolution *shape, const float *padded, const float *weights,
    const float *bias, float *output, const int rows, const int tile) {
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
    for (int32_t y = 0; y < shape->outputHeight; y++) {
      const float *input = padded + (int64_t)y * shape->stride * padded_width * channels;
      float *target = output + (int64_t)y * shape->outputWidth * shape->outputChannels + first;
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
    }
  }
}

FOR_EVERY_PROCESSOR
void lockstep_dense(
    const lockstep_convolution *shape, const float *padded, const float *weights,
    const float *bias, float *output) {
  switch (shape->blockWidth) {
  case 16: dense(shape, padded, weights, bias, output, 1, 8); break;
  case 32: dense(shape, padded, weights, bias, output, 2, 8); break;
  case 64: dense(shape, padded, weights, bias, output, 4, 5); break;
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
          sums[tap][row] = sums[tap][row] + values[event] * term;
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
        gradient[tap * stride + rest] += value * base[rest];
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
