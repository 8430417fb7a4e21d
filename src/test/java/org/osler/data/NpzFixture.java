package org.osler.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An npz file built byte by byte, so that each of its parts can be wrong. Starts as a right one: 6/4/4 images 2×3. */
final class NpzFixture {

    private final Map<String, byte[]> arrays = new LinkedHashMap<>();

    NpzFixture() {
        images("train", 6).images("val", 4).images("test", 4);
        labels("train", 0, 1, 0, 1, 1, 0).labels("val", 0, 1, 1, 0).labels("test", 1, 0, 1, 0);
    }

    NpzFixture images(String split, int count) {
        byte[] pixels = new byte[count * 6];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 7 + count);
        }
        return array(split + "_images", "|u1", "(" + count + ", 2, 3)", pixels);
    }

    NpzFixture labels(String split, int... labels) {
        ByteBuffer bytes = ByteBuffer.allocate(labels.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int label : labels) {
            bytes.putLong(label);
        }
        return array(split + "_labels", "<i8", "(" + labels.length + ", 1)", bytes.array());
    }

    NpzFixture array(String name, String descr, String shape, byte[] values) {
        return raw(name, npy("{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }", values));
    }

    NpzFixture raw(String name, byte[] content) {
        arrays.put(name, content);
        return this;
    }

    NpzFixture without(String name) {
        arrays.remove(name);
        return this;
    }

    Path write(Path file) {
        return write(file, ZipOutputStream.DEFLATED);
    }

    Path write(Path file, int method) {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var array : arrays.entrySet()) {
                var entry = new ZipEntry(array.getKey() + ".npy");
                entry.setMethod(method);
                entry.setSize(array.getValue().length);
                var crc = new java.util.zip.CRC32();
                crc.update(array.getValue());
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(array.getValue());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with one more array in front: a header and so many zeros, which are never held in memory. */
    Path writeWithZeros(Path file, String name, String header, long zeros) {
        arrays.remove(name);
        byte[] megabyte = new byte[1_000_000];
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setLevel(1);
            zip.putNextEntry(new ZipEntry(name + ".npy"));
            zip.write(npy(header, new byte[0]));
            for (long left = zeros; left > 0; left -= megabyte.length) {
                zip.write(megabyte);
            }
            for (var array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A version 1 array with any header. */
    static byte[] npy(String header, byte[] values) {
        return npy(1, header, values);
    }

    static byte[] npy(int version, String header, byte[] values) {
        byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        bytes.writeBytes(new byte[] {(byte) text.length, (byte) (text.length >> 8)});
        if (version > 1) {
            bytes.writeBytes(new byte[2]);
        }
        bytes.writeBytes(text);
        bytes.writeBytes(values);
        return bytes.toByteArray();
    }
}
