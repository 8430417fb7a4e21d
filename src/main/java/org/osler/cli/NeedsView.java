package org.osler.cli;

import java.util.ArrayList;
import java.util.List;
import org.osler.Amounts;
import org.osler.data.DatasetSize;
import org.osler.encoder.EncoderCard;
import org.osler.study.Needs;

/** What would be fetched before a run, with its size as far as that is known without asking a server. */
final class NeedsView {

    /** More files than this are summed up. */
    private static final int MOST_FILES = 6;

    private final Terminal terminal;
    private final MissingFiles files;
    private final boolean detail;

    NeedsView(Terminal terminal, MissingFiles files, boolean detail) {
        this.terminal = terminal;
        this.files = files;
        this.detail = detail;
    }

    void print(Needs needs) {
        if (needs.isEmpty()) {
            return;
        }
        List<FetchItem> items = files.items(needs); // weights, then datasets, in the order of the needs
        int weights = needs.weights().size();
        if (!detail && items.size() > MOST_FILES) {
            long parameters =
                    needs.weights().stream().mapToLong(NeedsView::bytes).sum();
            long images = needs.datasets().stream().mapToLong(NeedsView::bytes).sum();
            List<String> parts = new ArrayList<>();
            if (weights > 0) {
                parts.add("weights of %d encoders, about %s".formatted(weights, Amounts.bytes(parameters)));
            }
            if (!needs.datasets().isEmpty()) {
                parts.add("%d dataset files of at most %s"
                        .formatted(needs.datasets().size(), Amounts.bytes(images)));
            }
            terminal.out().printf("to be fetched first: %s; --detail lists them%n", String.join(", and ", parts));
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            String size = i < weights
                    ? "about " + Amounts.bytes(bytes(needs.weights().get(i)))
                    : "at most " + Amounts.bytes(bytes(needs.datasets().get(i - weights)));
            FetchItem item = items.get(i);
            terminal.out().printf("to be fetched first: %s from %s, %s%n", item.name(), item.from(), size);
        }
    }

    /** Parameters in float32; some files also hold a classifier. */
    private static long bytes(EncoderCard card) {
        return card.architecture().parameters() * Float.BYTES;
    }

    /** The images before the file's compression. */
    private static long bytes(Needs.OfficialFile file) {
        return DatasetSize.of(file.card(), file.size()).imageBytes();
    }
}
