package org.osler.data;

import static org.osler.data.NpzFixture.npy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that are not what an npy file may be here. */
class BadArraysTest extends WithNpz {

    @Test
    void objectsAndRecordsAndFortranOrderAreRefused() {
        assertRefused(new NpzFixture().array("train_labels", "|O", "(6, 1)", new byte[48]), "pickled", "never read");
        assertRefused(
                new NpzFixture()
                        .raw(
                                "train_labels",
                                npy("{'descr': [('a', '<i8')], 'fortran_order': False, 'shape': (6,)}", new byte[48])),
                "records");
        assertRefused(
                new NpzFixture()
                        .raw(
                                "val_images",
                                npy("{'descr': '|u1', 'fortran_order': True, 'shape': (4, 2, 3)}", new byte[24])),
                "val_images is in Fortran order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "nonsense",
                "{'descr': '|u1', 'fortran_order': False}",
                "{'descr': '|u1', 'fortran_order': 0, 'shape': (4, 2, 3)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 2, 3)} 1",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 2, -3)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': [4, 2, 3]}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (4, '', 3)}",
                "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (4, 2, 3)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 2, 3), 'more': 1}",
                "{'descr': __import__('os'), 'fortran_order': False, 'shape': (4, 2, 3)}"
            })
    void malformedHeadersAreRefused(String header) {
        assertRefused(
                new NpzFixture().raw("val_images", npy(header, new byte[24])), "val_images has a malformed npy header");
    }

    @Test
    void otherVersionsAndLongHeadersAndOtherFilesAreRefused() {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 2, 3)}";
        assertRefused(new NpzFixture().raw("val_images", npy(4, header, new byte[24])), "npy format version 4");
        assertRefused(
                new NpzFixture().raw("val_images", npy(header + " ".repeat(20_000), new byte[24])),
                "npy header of 200");
        assertRefused(new NpzFixture().raw("val_images", new byte[24]), "not an npy array");
        assertRefused(new NpzFixture().raw("val_images", new byte[3]), "ends within its npy header");
        assertRefused(new NpzFixture().raw("val_images", Arrays.copyOf(npy(header, new byte[0]), 40)), "val_images");
    }

    @Test
    void moreOrFewerBytesThanTheHeaderMeansAreRefused() {
        assertRefused(new NpzFixture().array("val_images", "|u1", "(4, 2, 3)", new byte[25]), "but its header means");
        assertRefused(new NpzFixture().array("val_images", "|u1", "(4, 2, 3)", new byte[23]), "but its header means");
        assertRefused(
                new NpzFixture().array("val_images", "|u1", "(2000000000, 2000000000, 2000000000)", new byte[24]),
                "impossible shape");
        assertRefused(
                new NpzFixture().array("val_images", "|u1", "(4, 4000000000, 3)", new byte[24]), "axis of length");
    }
}
