#include "CTrainingKernels.h"
#include "OutputBlocks.h"

// Convolutions of spikes with few channels: all the inputs of a kernel row together are a small number,
// and a table has the sum of weights for each of them.

INLINE void lockstep_fill_patterns_body(
    const lockstep_convolution *shape, const float *weights, float *sums) {
  const int32_t run = shape->kernelWidth * shape->inputChannels, width = shape->blockWidth;
  for (int32_t part = 0; part < shape->blocks * shape->kernelHeight; part++) {
    memset(sums, 0, (size_t)width * sizeof(float));
    // A pattern is the one without its last input, and that input.
    for (int32_t input = 0; input < run; input++, weights += width) {
      const int32_t half = 1 << input;
      for (int32_t pattern = 0; pattern < half; pattern++) {
        for (int32_t output = 0; output < width; output++) {
          sums[(half + pattern) * width + output] =
              sums[pattern * width + output] + weights[output];
        }
      }
    }
    sums += (int64_t)width << run;
  }
}

FOR_EVERY_PROCESSOR(
    void, lockstep_fill_patterns,
    (
    const lockstep_convolution *shape, const float *weights, float *sums),
    (shape, weights, sums))

enum { longest_row = LOCKSTEP_LONGEST_PATTERN_ROW };

INLINE int32_t lockstep_list_patterns_body(
    const lockstep_convolution *shape, const float *frame, uint16_t *patterns) {
  const int32_t channels = shape->inputChannels, values = shape->inputWidth * channels;
  const uint32_t all = (1u << shape->kernelWidth * channels) - 1;
  const int32_t edge = shape->padding * channels;
  const row16 one = EVERY(1);
  uint32_t others = 0;
  // A row's spikes as bits, with the padding's zeros around.
  uint8_t bits[longest_row / 8 + 16];
  for (int32_t row = 0; row < shape->inputHeight; row++, frame += values) {
    memset(bits, 0, sizeof bits);
    for (int32_t place = 0; place < values; place += 16) {
      uint32_t mask = 0;
      if (place + 16 <= values) {
        const row16 value = *(const row16 *)(frame + place);
        mask = LANES(value != 0);
        others |= mask & LANES(value != one);
      } else {
        for (int32_t lane = 0; place + lane < values; lane++) {
          const float value = frame[place + lane];
          mask |= (uint32_t)(value != 0) << lane;
          others |= (value != 0) & (value != 1);
        }
      }
      uint32_t word;
      memcpy(&word, bits + (edge + place) / 8, sizeof word);
      word |= mask << (edge + place) % 8;
      memcpy(bits + (edge + place) / 8, &word, sizeof word);
    }
    for (int32_t x = 0; x < shape->outputWidth; x++) {
      const int32_t place = x * shape->stride * channels;
      uint32_t word;
      memcpy(&word, bits + place / 8, sizeof word);
      *patterns++ = (uint16_t)(word >> place % 8 & all);
    }
  }
  return others == 0;
}

FOR_EVERY_PROCESSOR(
    int32_t, lockstep_list_patterns,
    (
    const lockstep_convolution *shape, const float *frame, uint16_t *patterns),
    (shape, frame, patterns))

// One block of outputs.
INLINE void look_up_block(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row,
    const uint16_t *patterns, const float *table, const float *bias, float *output,
    int32_t narrow, const int rows) {
  const int64_t row_size = (int64_t)(16 * rows) << shape->kernelWidth * shape->inputChannels;
  for (int32_t y = first_row; y < end_row; y++) {
    const int32_t top = y * shape->stride - shape->padding;
    const int32_t ky_first = top < 0 ? -top : 0;
    const int32_t below = shape->inputHeight - top;
    const int32_t ky_end = below < shape->kernelHeight ? below : shape->kernelHeight;
    for (int32_t x = 0; x < shape->outputWidth; x++, output += shape->outputChannels) {
      row16 totals[4];
      for (int row = 0; row < rows; row++) totals[row] = (row16){0};
      for (int32_t ky = ky_first; ky < ky_end; ky++) {
        const int64_t pattern = patterns[(top + ky) * shape->outputWidth + x];
        const float *sums = table + ky * row_size + pattern * 16 * rows;
        for (int row = 0; row < rows; row++) {
          totals[row] = totals[row] + *(const row16 *)(sums + 16 * row);
        }
      }
      for (int row = 0; row < rows; row++) {
        totals[row] = totals[row] + *(const row16 *)(bias + 16 * row);
      }
      store(totals, rows, narrow, output);
    }
  }
}

INLINE void look_up(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row,
    const uint16_t *patterns, const float *table, const float *bias, float *output,
    const int rows) {
  const int64_t row_size = (int64_t)(16 * rows) << shape->kernelWidth * shape->inputChannels;
#define BLOCK(block, first, narrow)                                                        \
  look_up_block(                                                                           \
      shape, first_row, end_row, patterns, table + block * shape->kernelHeight * row_size, \
      bias + first, output + first, narrow, rows)
  FOR_EVERY_BLOCK(shape, rows, BLOCK)
#undef BLOCK
}

INLINE void lockstep_look_up_body(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row,
    const uint16_t *patterns, const float *table, const float *bias, float *output) {
  switch (shape->blockWidth) {
  case 16: look_up(shape, first_row, end_row, patterns, table, bias, output, 1); break;
  case 32: look_up(shape, first_row, end_row, patterns, table, bias, output, 2); break;
  case 64: look_up(shape, first_row, end_row, patterns, table, bias, output, 4); break;
  }
}

FOR_EVERY_PROCESSOR(
    void, lockstep_look_up,
    (
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row,
    const uint16_t *patterns, const float *table, const float *bias, float *output),
    (shape, first_row, end_row, patterns, table, bias, output))
