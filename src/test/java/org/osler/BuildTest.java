package org.osler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildTest {

    @Test
    void buildKnowsItsVersionAndCommit() {
        assertThat(Build.current().version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(Build.current().commit()).matches("[0-9a-f]{7,40}(-dirty)?|unknown");
    }
}
