package org.osler.data.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Formats of image files, told apart by how their content begins. */
public enum ImageFormat {
    PNG,
    JPEG,
    TIFF,
    BMP,
    GIF,
    DICOM;

    /** How many bytes {@link #of} wants to see. */
    public static final int HEAD = 132;

    private static final int DICOM_MARK = 128;

    private static final Set<String> ENDINGS =
            Set.of("png", "jpg", "jpeg", "jpe", "jfif", "tif", "tiff", "bmp", "gif", "dcm", "dicom");

    /** All formats in words, for messages. */
    public static String words() {
        return "PNG, JPEG, TIFF, BMP, GIF or DICOM";
    }

    /**
     * The format of a file.
     *
     * @param head its first {@link #HEAD} bytes, or all
     */
    public static Optional<ImageFormat> of(byte[] head) {
        return Stream.of(values()).filter(format -> format.begins(head)).findFirst();
    }

    /** Whether a file's name ends as that of an image. */
    public static boolean isNamed(String file) {
        String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ENDINGS.contains(ending);
    }

    /**
     * Whether a file is meant to be an image: its name ends as one's, or it holds DICOM, which often has no ending or a
     * number. Files that a system hides, or made for itself, are not.
     */
    public static boolean isMeant(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (isHidden(name)) {
            return false;
        }
        if (isNamed(name)) {
            return true;
        }
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            return of(in.readNBytes(HEAD)).equals(Optional.of(DICOM));
        }
    }

    /** Whether a name is that of a file or folder which a system hides, or made for itself. */
    public static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("__") || name.equals("Thumbs.db");
    }

    private boolean begins(byte[] head) {
        return switch (this) {
            case PNG -> has(head, 0, "\u0089PNG\r\n\u001a\n");
            case JPEG -> has(head, 0, "\u00ff\u00d8\u00ff");
            case TIFF ->
                has(head, 0, "II*\0") || has(head, 0, "MM\0*") || has(head, 0, "II+\0") || has(head, 0, "MM\0+");
            case BMP -> has(head, 0, "BM");
            case GIF -> has(head, 0, "GIF87a") || has(head, 0, "GIF89a");
            case DICOM -> has(head, DICOM_MARK, "DICM");
        };
    }

    private static boolean has(byte[] head, int at, String mark) {
        byte[] bytes = mark.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            if (at + i >= head.length || head[at + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
