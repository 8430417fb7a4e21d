package org.osler.data;

/** Measures, by hand: {@code java -cp target/classes:target/test-classes org.osler.data.PilBilinearSpeed}. */
final class PilBilinearSpeed {

    private PilBilinearSpeed() {}

    public static void main(String[] arguments) {
        byte[] image = new byte[28 * 28 * 3];
        byte[] out = new byte[224 * 224 * 3];
        for (int round = 0; round < 8; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                PilBilinear.resize(image, 28, 28, 3, out, 224, 224);
            }
            System.out.printf("28 to 224 RGB: %.3f ms an image%n", (System.nanoTime() - start) / 500e6);
        }
    }
}
