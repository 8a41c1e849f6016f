#include "CTrainingKernels.h"
#include "OutputBlocks.h"

// Convolutions of frames with few zeros.

// `tile` neighbouring output pixels at once, so that a weight is loaded once for all of them.
INLINE void dense_tile(
    const lockstep_convolution *shape, const float *padded, const float *weights,
    const float *bias, float *output, const int rows, const int tile, int32_t narrow) {
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
    store(totals[pixel], rows, narrow, output + (int64_t)pixel * shape->outputChannels);
  }
}

// One block of outputs.
INLINE void dense_block(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const float *padded,
    const float *weights, const float *bias, float *output, int32_t narrow, const int rows,
    const int tile) {
  const int32_t channels = shape->inputChannels;
  const int32_t padded_width = shape->inputWidth + 2 * shape->padding;
  for (int32_t y = first_row; y < end_row; y++) {
    const float *input = padded + (int64_t)y * shape->stride * padded_width * channels;
    int32_t x = 0;
    for (; x + tile <= shape->outputWidth; x += tile) {
      dense_tile(
          shape, input + (int64_t)x * shape->stride * channels, weights, bias,
          output + (int64_t)x * shape->outputChannels, rows, tile, narrow);
    }
    for (; x < shape->outputWidth; x++) {
      dense_tile(
          shape, input + (int64_t)x * shape->stride * channels, weights, bias,
          output + (int64_t)x * shape->outputChannels, rows, 1, narrow);
    }
    output += (int64_t)shape->outputWidth * shape->outputChannels;
  }
}

INLINE void dense(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const float *padded,
    const float *weights, const float *bias, float *output, const int rows, const int tile) {
  const int64_t block_weights =
      (int64_t)shape->kernelHeight * shape->kernelWidth * shape->inputChannels * 16 * rows;
#define BLOCK(block, first, narrow)                                       \
  dense_block(                                                            \
      shape, first_row, end_row, padded, weights + block * block_weights, \
      bias ? bias + first : 0, output + first, narrow, rows, tile)
  FOR_EVERY_BLOCK(shape, rows, BLOCK)
#undef BLOCK
}

INLINE void lockstep_dense_body(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const float *padded,
    const float *weights, const float *bias, float *output) {
  switch (shape->blockWidth) {
  case 16: dense(shape, first_row, end_row, padded, weights, bias, output, 1, 8); break;
  case 32: dense(shape, first_row, end_row, padded, weights, bias, output, 2, 8); break;
  case 64: dense(shape, first_row, end_row, padded, weights, bias, output, 4, 5); break;
  }
}

FOR_EVERY_PROCESSOR(
    void, lockstep_dense,
    (
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const float *padded,
    const float *weights, const float *bias, float *output),
    (shape, first_row, end_row, padded, weights, bias, output))
