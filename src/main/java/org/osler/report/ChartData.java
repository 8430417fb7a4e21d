package org.osler.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osler.report.ReportModel.Axis;
import org.osler.report.ReportModel.Bin;
import org.osler.report.ReportModel.ClassResult;
import org.osler.report.ReportModel.DatasetView;
import org.osler.report.ReportModel.Detail;
import org.osler.report.ReportModel.Example;
import org.osler.report.ReportModel.Point;
import org.osler.report.ReportModel.Range;
import org.osler.report.ReportModel.Row;
import org.osler.report.ReportModel.Run;
import org.osler.report.ranking.Ranking;
import org.osler.study.Published;
import org.osler.study.Statistic;

/** The numbers behind the page's figures, as JSON that may stand inside a {@code <script>} element. */
record ChartData(
        List<Axis> axes,
        List<DatasetData> datasets,
        List<RowData> rows,
        List<Ranking> rankings,
        Map<String, Map<Integer, StoredMaps.Places>> maps) {

    record DatasetData(String name, String task, List<String> labels, Map<Integer, String> images, String unjoined) {}

    record RowData(
            String dataset,
            String encoder,
            String encoderId,
            String strategy,
            String settings,
            List<String> values,
            boolean untrained,
            boolean selected,
            List<String> gridEdge,
            Statistic accuracy,
            Statistic auc,
            Statistic valAccuracy,
            Statistic valAuc,
            Published published,
            List<RunData> runs,
            List<Example> examples) {}

    record RunData(
            String trial,
            long seed,
            String strategySettings,
            Range accuracyInterval,
            Range aucInterval,
            List<Point> curve,
            int best,
            Detail detail) {}

    private static final int DIGITS = 6;

    private static final ObjectMapper MAPPER = mapper();

    /** The model's figures; strings are escaped so that none can end the element or open a comment in it. */
    static String json(ReportModel model) {
        var data = new ChartData(
                model.axes(),
                model.datasets().stream().map(ChartData::dataset).toList(),
                model.rows().stream().map(ChartData::row).toList(),
                model.comparison().rankings(),
                model.maps());
        try {
            return MAPPER.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DatasetData dataset(DatasetView view) {
        return new DatasetData(
                view.name(),
                view.task().id(),
                view.labels(),
                view.images(),
                view.unjoined().orElse(null));
    }

    private static RowData row(Row row) {
        return new RowData(
                row.dataset(),
                row.encoder(),
                row.encoderId(),
                row.strategy(),
                row.settings(),
                row.values(),
                row.untrained(),
                row.selected(),
                row.gridEdge(),
                row.accuracy(),
                row.auc(),
                row.valAccuracy(),
                row.valAuc(),
                row.published().orElse(null),
                row.runs().stream().map(ChartData::run).toList(),
                row.examples());
    }

    private static RunData run(Run run) {
        return new RunData(
                run.trial(),
                run.seed(),
                run.strategySettings(),
                run.accuracyInterval().orElse(null),
                run.aucInterval().orElse(null),
                run.curve(),
                run.best(),
                run.detail().orElse(null));
    }

    private static ObjectMapper mapper() {
        var module = new SimpleModule();
        var number = new NumberOrNull();
        module.addSerializer(Double.class, number);
        module.addSerializer(double.class, number);
        module.addSerializer(double[].class, new JsonSerializer<double[]>() {
            @Override
            public void serialize(double[] values, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeStartArray();
                for (double value : values) {
                    number.serialize(value, out, provider);
                }
                out.writeEndArray();
            }
        });
        module.addSerializer(Optional.class, new ValueOrNull());
        var mapper = new ObjectMapper();
        mapper.registerModule(module);
        // The page has thousands of these: names of their fields would be most of its size. The scripts know the order.
        List.of(Point.class, ClassResult.class, Bin.class).forEach(type -> mapper.addMixIn(type, AsArray.class));
        mapper.getFactory().setCharacterEscapes(new InsideScript());
        return mapper;
    }

    /** Written as an array of its components, in the order in which the record declares them. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    private interface AsArray {}

    /** JSON has no NaN: an undefined number is null; the others keep six digits, more than any figure shows. */
    private static final class NumberOrNull extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (value.isNaN() || value.isInfinite()) {
                out.writeNull();
            } else {
                out.writeNumber(new BigDecimal(value, new MathContext(DIGITS)));
            }
        }
    }

    /** What is absent is null. */
    @SuppressWarnings("rawtypes") // Jackson asks for the type as the class literal has it
    private static final class ValueOrNull extends JsonSerializer<Optional> {
        @Override
        public void serialize(Optional value, JsonGenerator out, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(value.isPresent() ? value.get() : null, out);
        }
    }

    /** Writes {@code <}, {@code >} and {@code &} as \\u003C and so on. */
    private static final class InsideScript extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        private final int[] escapes = standardAsciiEscapesForJSON();

        InsideScript() {
            escapes['<'] = ESCAPE_STANDARD;
            escapes['>'] = ESCAPE_STANDARD;
            escapes['&'] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return escapes.clone();
        }

        @Override
        public SerializableString getEscapeSequence(int codePoint) {
            return null; // none beyond the ASCII ones
        }
    }
}
