#include "CSpikeKernels.h"

#include <string.h>

#if defined(__x86_64__)

#include <immintrin.h>

bool lockstep_can_encode_gaps(void) {
  return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("lzcnt")
      && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
}

static uint8_t *append_skips(size_t *silence, uint8_t *next) {
  for (int kind = 3; kind >= 0; kind--) {
    size_t length = (size_t)252 << (4 * kind);
    while (*silence >= length) {
      *next++ = (uint8_t)(252 + kind);
      *silence -= length;
    }
  }
  return next;
}

__attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,lzcnt,bmi,popcnt")))
size_t lockstep_encode_gaps(
    const uint64_t *words, size_t count, size_t *silence, uint8_t *output) {
  uint8_t lanes[64];
  uint8_t before[64];
  for (int lane = 0; lane < 64; lane++) {
    lanes[lane] = (uint8_t)lane;
    before[lane] = (uint8_t)(lane == 0 ? 0 : lane - 1);
  }
  const __m512i positions = _mm512_loadu_si512(lanes);
  const __m512i shift = _mm512_loadu_si512(before);

  uint8_t *next = output;
  size_t silent = *silence;
  for (size_t index = 0; index < count; index++) {
    uint64_t word = words[index];
    size_t first = silent + _tzcnt_u64(word);
    if (__builtin_expect(first >= 252, 0)) {
      if (word == 0) {
        silent += 64;
        continue;
      }
      next = append_skips(&first, next);
    }
    // The positions of the spikes side by side, each less the one before it, less one. Up to 16
    // spikes, nearly always, fit a short vector, whose store seldom straddles two cache lines.
    __m512i spikes = _mm512_maskz_compress_epi8(word, positions);
    size_t spike_count = (size_t)_mm_popcnt_u64(word);
    if (__builtin_expect(spike_count <= 16, 1)) {
      __m128i few = _mm512_castsi512_si128(spikes);
      __m128i gaps = _mm_sub_epi8(few, _mm_slli_si128(few, 1));
      _mm_storeu_si128((__m128i *)next, _mm_sub_epi8(gaps, _mm_set1_epi8(1)));
    } else {
      __m512i gaps = _mm512_sub_epi8(spikes, _mm512_permutexvar_epi8(shift, spikes));
      _mm512_storeu_si512(next, _mm512_sub_epi8(gaps, _mm512_set1_epi8(1)));
    }
    next[0] = (uint8_t)first;
    next += spike_count;
    // A word without spikes adds its 64 positions; no branch, as none could be foretold.
    silent = _lzcnt_u64(word) + (word == 0 ? silent : 0);
  }
  *silence = silent;
  return (size_t)(next - output);
}

bool lockstep_can_decode_gaps(void) {
  return __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

/// Whether any of eight bytes has its top six bits set, that is, is 252 or more.
static inline bool has_skip(uint64_t eight) {
  uint64_t two = eight & (eight << 1);
  uint64_t four = two & (two << 2);
  return (four & (two << 4) & 0x8080808080808080) != 0;
}

__attribute__((target("bmi,bmi2")))
ptrdiff_t lockstep_decode_gaps(
    const uint8_t *gaps, size_t count, uint64_t *words, size_t word_count) {
  const int64_t end = (int64_t)word_count * 64;
  int64_t position = -1;
  ptrdiff_t spikes = 0;
  size_t index = 0;
  while (index < count) {
    size_t stop = count - index < 8 ? count : index + 8;
    uint64_t eight = 0;
    memcpy(&eight, gaps + index, stop - index);
    // Eight spikes at a time where none is a silence and none can leave the words.
    if (stop - index == 8 && !has_skip(eight) && position + 8 * 252 < end) {
#pragma clang loop unroll(full)
      for (int shift = 0; shift < 64; shift += 8) {
        position += (int64_t)((eight >> shift) & 255) + 1;
        words[position >> 6] |= (uint64_t)1 << (position & 63);
      }
      spikes += 8;
      index = stop;
      continue;
    }
    for (; index < stop; index++) {
      uint8_t gap = gaps[index];
      position += gap < 252 ? gap + 1 : (int64_t)252 << (4 * (gap - 252));
      if (position >= end) return -1;
      if (gap < 252) {
        words[position >> 6] |= (uint64_t)1 << (position & 63);
        spikes++;
      }
    }
  }
  return spikes;
}

#else

bool lockstep_can_decode_gaps(void) { return false; }

ptrdiff_t lockstep_decode_gaps(
    const uint8_t *gaps, size_t count, uint64_t *words, size_t word_count) {
  (void)gaps;
  (void)count;
  (void)words;
  (void)word_count;
  return -1;
}

bool lockstep_can_encode_gaps(void) { return false; }

size_t lockstep_encode_gaps(
    const uint64_t *words, size_t count, size_t *silence, uint8_t *output) {
  (void)words;
  (void)count;
  (void)silence;
  (void)output;
  return 0;
}

#endif
