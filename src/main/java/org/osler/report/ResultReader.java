package org.osler.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osler.data.Dataset;
import org.osler.data.Split;
import org.osler.metric.Units;
import org.osler.report.ReportModel.DatasetView;
import org.osler.report.ReportModel.Failure;
import org.osler.report.ReportModel.Row;
import org.osler.report.ReportModel.Run;
import org.osler.report.ranking.Ranking;
import org.osler.report.tables.Tables;
import org.osler.study.DataFacts;
import org.osler.study.Reproduction;
import org.osler.study.ResultStore;
import org.osler.study.Summary;
import org.osler.study.SummaryRow;
import org.osler.study.Trial;
import org.osler.study.TrialResult;

/** Reads a {@link ReportModel} from a result store. */
final class ResultReader {

    /** Above this many rows a page keeps less of each, so that it opens quickly. */
    private static final int MANY_ROWS = 150;

    private static final int IMAGES_PER_ROW = 12;
    private static final int IMAGES_PER_ROW_OF_MANY = 6;

    /** The page shows images at about this many pixels, … */
    private static final int IMAGE_SIDE = 160;

    /** … and smaller where there are many. */
    private static final int IMAGE_SIDE_OF_MANY = 112;

    /** Data URIs of images in one page, in bytes. */
    private static final long IMAGE_BYTES = 6_000_000;

    /** Scores that are weighed in all for a run's interval over test images, … */
    private static final long WEIGHED = 100_000_000;

    /** … and in a large study, which has thousands of them. */
    private static final long WEIGHED_OF_MANY = 20_000_000;

    private final ResultStore store;
    private final TestSets testSets;
    private final JudgementFile remembered;
    private final List<SummaryRow> summary;
    private final Settings settings;
    private final Resamples resamples;

    /**
     * Prepares.
     *
     * @param remembered judgements from before, and where new ones go
     */
    ResultReader(ResultStore store, TestSets testSets, JudgementFile remembered) {
        this.remembered = remembered;
        this.store = store;
        this.testSets = testSets;
        this.summary = Summary.of(store.results());
        this.settings = new Settings(summary);
        this.resamples = new Resamples(many() ? WEIGHED_OF_MANY : WEIGHED);
    }

    /**
     * Reads everything.
     *
     * @param study the study's name
     * @param written when the page is made, as it is shown
     * @param copy what was asked for
     * @param maps what predictions rest on, by trial and test image
     */
    ReportModel read(String study, String written, StudyCopy copy, Map<String, Map<Integer, StoredMaps.Places>> maps)
            throws IOException {
        List<Row> read = rows();
        int side = many() ? IMAGE_SIDE_OF_MANY : IMAGE_SIDE;
        Gallery gallery = Gallery.of(read, (dataset, index) -> testSets.image(dataset, index, side), IMAGE_BYTES);
        List<Failure> failures = store.failures().stream()
                .map(failure -> new Failure(failure.trial().label(), failure.reason()))
                .toList();
        return new ReportModel(
                study,
                asked(),
                written,
                copy.command(),
                copy.yaml(),
                settings.axes(),
                datasets(gallery),
                gallery.rows(),
                failures,
                leftOut(gallery),
                new Comparison(
                        Reproduction.of(summary).inWords(),
                        Tables.of(summary),
                        Ranking.all(summary, new StoredSplits(store, testSets, resamples))),
                maps);
    }

    private boolean many() {
        return summary.size() > MANY_ROWS;
    }

    /** How many test images the page of so many rows shows of each. */
    static int imagesPerRow(int rows) {
        return rows > MANY_ROWS ? IMAGES_PER_ROW_OF_MANY : IMAGES_PER_ROW;
    }

    /** In a large study, learning rates that were not chosen keep their scores and training curves only. */
    private boolean inDetail(SummaryRow row) {
        return row.selected() || !many();
    }

    private List<String> leftOut(Gallery gallery) {
        var leftOut = new ArrayList<String>();
        if (!summary.stream().allMatch(this::inDetail)) {
            leftOut.add("Learning rates that were not chosen keep their scores and training curves here; their results"
                    + " by class stand in results.csv, their predictions in predictions/.");
        }
        if (!gallery.complete()) {
            leftOut.add("Test images are kept for the best rows of each dataset only.");
        }
        return leftOut;
    }

    /**
     * The rows, those of one dataset at the same time: what is drawn for its intervals serves them all, and the intervals
     * take most of the time that a report takes.
     */
    private List<Row> rows() throws IOException {
        Map<String, List<Integer>> byDataset = new LinkedHashMap<>();
        for (int i = 0; i < summary.size(); i++) {
            byDataset
                    .computeIfAbsent(summary.get(i).setting().dataset(), key -> new ArrayList<>())
                    .add(i);
        }
        Row[] read = new Row[summary.size()];
        for (List<Integer> own : byDataset.values()) {
            Map<Integer, List<Optional<Dataset>>> datasets = new HashMap<>();
            for (int i : own) {
                datasets.put(i, datasets(summary.get(i)));
            }
            own.parallelStream().forEach(i -> read[i] = row(summary.get(i), datasets.get(i)));
        }
        return List.of(read);
    }

    /** Of each of a row's results, in order. */
    private List<Optional<Dataset>> datasets(SummaryRow row) throws IOException {
        var datasets = new ArrayList<Optional<Dataset>>();
        for (TrialResult result : row.results()) {
            datasets.add(testSets.of(result));
        }
        return datasets;
    }

    private Row row(SummaryRow summary, List<Optional<Dataset>> datasets) {
        Trial setting = summary.setting();
        boolean joined = inDetail(summary) && datasets.stream().allMatch(Optional::isPresent);
        Optional<Judgement> judgement = joined
                ? Optional.of(judgement(
                        summary.results(),
                        datasets.stream().map(Optional::orElseThrow).toList()))
                : Optional.empty();
        var runs = new ArrayList<Run>();
        for (int i = 0; i < datasets.size(); i++) {
            int run = i;
            runs.add(RunReader.run(
                    summary.results().get(i), judgement.map(all -> all.runs().get(run)), resamples, inDetail(summary)));
        }
        return new Row(
                setting.dataset(),
                EncoderName.plain(setting),
                setting.encoder(),
                setting.weights().isRandom(),
                setting.strategy().id(),
                settings.of(setting),
                settings.values(setting),
                summary.selected(),
                summary.gridEdge(),
                runs,
                summary.published(),
                judgement.map(Judgement::examples).orElse(List.of()));
    }

    /** Remembered from the report before, if it was made from the same. */
    private Judgement judgement(List<TrialResult> results, List<Dataset> datasets) {
        int images = imagesPerRow(summary.size());
        Dataset dataset = datasets.get(0);
        Units units = testSets.units(dataset);
        String key = results.stream()
                .map(result -> result.trial().id() + " " + result.provenance().finished() + " "
                        + store.scoresChecksum(result.trial().id(), Split.TEST))
                .collect(Collectors.joining(
                        ", ",
                        "",
                        "; " + dataset.hash() + " " + dataset.task().id() + " " + dataset.labelNames() + " "
                                + units.hashCode() + "; "
                                + resamples.count(dataset.count(Split.TEST), dataset.classes()) + " " + images));
        Optional<Judgement> before = remembered.find(key);
        if (before.isPresent()) {
            return before.get();
        }
        var verdicts = new ArrayList<Verdicts>();
        for (int i = 0; i < results.size(); i++) {
            verdicts.add(new Verdicts(
                    datasets.get(i).task(),
                    datasets.get(i).labels(Split.TEST),
                    store.scores(results.get(i).trial().id(), Split.TEST)));
        }
        Judgement judgement = Judgement.of(dataset.labelNames(), verdicts, units, resamples, images);
        remembered.put(key, judgement);
        return judgement;
    }

    private List<DatasetView> datasets(Gallery gallery) {
        Map<String, List<DataFacts>> facts = new LinkedHashMap<>();
        for (SummaryRow row : summary) {
            facts.computeIfAbsent(row.setting().dataset(), key -> new ArrayList<>())
                    .add(row.results().get(0).data());
        }
        return facts.entrySet().stream()
                .map(entry -> dataset(entry.getKey(), entry.getValue(), gallery))
                .toList();
    }

    /** Rows of few shots have fewer training images, and rows of other sizes other images: all of them are the dataset. */
    private DatasetView dataset(String name, List<DataFacts> rows, Gallery gallery) {
        DataFacts facts = rows.get(0);
        Set<String> sizes = new LinkedHashSet<>(
                rows.stream().map(row -> row.width() + " × " + row.height()).toList());
        int train = rows.stream().mapToInt(DataFacts::train).max().orElseThrow();
        String note = train + " training, " + facts.val() + " validation and " + facts.test() + " test images of "
                + listed(sizes) + " pixels, " + (facts.channels() == 1 ? "grey" : "colour")
                + testSets.groups(name).stream()
                        .mapToObj(groups -> "; intervals draw whole groups of images that belong together (%,d on test)"
                                .formatted(groups))
                        .findFirst()
                        .orElse("");
        return new DatasetView(
                name, facts.task(), facts.labels(), note, gallery.images().get(name), testSets.reason(name));
    }

    private String asked() {
        Set<String> encoders = new LinkedHashSet<>();
        Set<String> strategies = new LinkedHashSet<>();
        Set<String> datasets = new LinkedHashSet<>();
        Set<Long> seeds = new TreeSet<>();
        int trials = 0;
        for (SummaryRow row : summary) {
            encoders.add(EncoderName.plain(row.setting()));
            strategies.add(row.setting().strategy().id());
            datasets.add(row.setting().dataset());
            seeds.addAll(row.seeds());
            trials += row.results().size();
        }
        String who = encoders.size() == 1
                ? "How well does " + encoders.iterator().next() + " fit "
                : "Which of " + encoders.size() + " encoders fits ";
        return who + listed(datasets) + (encoders.size() == 1 ? "" : " best") + ", by " + listed(strategies) + "? "
                + Answer.count(trials, "trial") + ", " + (seeds.size() == 1 ? "seed " : "seeds ")
                + seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".";
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    private static String listed(Set<String> names) {
        List<String> list = List.copyOf(new ArrayList<>(names));
        int last = list.size() - 1;
        return last < 1 ? String.join("", list) : String.join(", ", list.subList(0, last)) + " and " + list.get(last);
    }
}
