package org.osler.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.osler.AtomicFile;
import org.osler.report.ReportModel.Bin;
import org.osler.report.ReportModel.Example;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code report.cache} in the results folder: judgements of the report before, each under a key of all that it was made
 * from, so that the next one judges only what is new. Nothing depends on it: absent, damaged or of another version it is
 * made again. Safe for use by several threads.
 *
 * <p>Big-endian: {@link #FORMAT}, the number of entries, the entries, CRC-32C of all that.
 */
final class JudgementFile {

    /** Its name in the results folder. */
    static final String NAME = "report.cache";

    private static final Logger LOG = LoggerFactory.getLogger(JudgementFile.class);

    /** "OSJ" and a version that counts up whenever the same key would stand for something else. */
    private static final int FORMAT = 0x4f534a01;

    private final Map<String, Judgement> before;
    private final Map<String, Judgement> used = new ConcurrentHashMap<>();

    private JudgementFile(Map<String, Judgement> before) {
        this.before = before;
    }

    /** One that remembers nothing from before. */
    static JudgementFile empty() {
        return new JudgementFile(Map.of());
    }

    /**
     * Reads a results folder's, if there is one that is whole.
     *
     * @throws IOException if the disk fails
     */
    static JudgementFile in(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return empty();
        }
        byte[] content = Files.readAllBytes(file);
        if (!isWhole(content)) {
            LOG.warn("{} is damaged; what it held is computed again", file);
            return empty();
        }
        var in = new DataInputStream(new ByteArrayInputStream(content));
        if (in.readInt() != FORMAT) {
            return empty();
        }
        Map<String, Judgement> entries = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            entries.put(in.readUTF(), judgement(in));
        }
        return new JudgementFile(entries);
    }

    private static boolean isWhole(byte[] content) {
        int end = content.length - Integer.BYTES;
        return end >= 2 * Integer.BYTES && ByteBuffer.wrap(content).getInt(end) == sum(content, end);
    }

    private static int sum(byte[] content, int length) {
        var sum = new CRC32C();
        sum.update(content, 0, length);
        return (int) sum.getValue();
    }

    /** What is remembered under a key. */
    Optional<Judgement> find(String key) {
        Optional<Judgement> found = Optional.ofNullable(before.get(key));
        found.ifPresent(judgement -> used.put(key, judgement));
        return found;
    }

    /** To be remembered for the next report. */
    void put(String key, Judgement judgement) {
        used.put(key, judgement);
    }

    /**
     * Keeps what was asked for and what is new; drops the rest.
     *
     * @throws IOException if the folder cannot be written to
     */
    void write(Path folder) throws IOException {
        if (used.equals(before)) {
            return;
        }
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(FORMAT);
        out.writeInt(used.size());
        for (var entry : used.entrySet()) {
            out.writeUTF(entry.getKey());
            write(out, entry.getValue());
        }
        byte[] content = bytes.toByteArray();
        out.writeInt(sum(content, content.length));
        AtomicFile.write(folder.resolve(NAME), bytes.toByteArray());
    }

    private static void write(DataOutputStream out, Judgement judgement) throws IOException {
        out.writeInt(judgement.runs().size());
        for (Judgement.OfRun run : judgement.runs()) {
            write(out, run.accuracies());
            write(out, run.aucs());
            out.writeInt(run.bins().size());
            for (Bin bin : run.bins()) {
                out.writeInt(bin.count());
                out.writeDouble(bin.confidence());
                out.writeDouble(bin.accuracy());
            }
        }
        out.writeInt(judgement.examples().size());
        for (Example example : judgement.examples()) {
            out.writeInt(example.index());
            out.writeUTF(example.truth());
            out.writeUTF(example.predicted());
            out.writeDouble(example.truthScore());
            out.writeDouble(example.predictedScore());
            out.writeBoolean(example.right());
            out.writeInt(example.wrongRuns());
        }
    }

    private static void write(DataOutputStream out, double... values) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static Judgement judgement(DataInputStream in) throws IOException {
        List<Judgement.OfRun> runs = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            double[] accuracies = doubles(in);
            double[] aucs = doubles(in);
            List<Bin> bins = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                bins.add(new Bin(in.readInt(), in.readDouble(), in.readDouble()));
            }
            runs.add(new Judgement.OfRun(accuracies, aucs, bins));
        }
        List<Example> examples = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            examples.add(new Example(
                    in.readInt(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readBoolean(),
                    in.readInt()));
        }
        return new Judgement(runs, examples);
    }

    private static double[] doubles(DataInputStream in) throws IOException {
        double[] values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }
}
