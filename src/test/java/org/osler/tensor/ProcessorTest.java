package org.osler.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {

    /** Parts of what Linux lists for an EPYC of Zen 3 and of Zen 4, a Xeon of Cascade Lake, Cooper Lake and Sapphire Rapids. */
    @ParameterizedTest
    @CsvSource({
        "fpu fma avx2 sha_ni vaes vpclmulqdq, false",
        "fpu fma avx2 avx512f avx512bw avx512_bf16 avx512_vnni, true",
        "fpu fma avx2 avx512f avx512bw avx512_vnni, false",
        "fpu fma avx2 avx512f avx512_vnni avx512_bf16, true",
        "fpu avx512f avx512_vnni amx_bf16 amx_tile amx_int8, true",
    })
    void bfloat16IsMultipliedWhereThereAreInstructionsForIt(String instructions, boolean there) {
        assertThat(Processor.multipliesBFloat16(instructions)).isEqualTo(there);
    }
}
