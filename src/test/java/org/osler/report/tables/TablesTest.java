package org.osler.report.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Resize;
import org.osler.report.SettingFixture;
import org.osler.study.DatasetChoice;
import org.osler.study.Strategy;
import org.osler.study.Summary;
import org.osler.study.SummaryRow;
import org.osler.study.TrialResult;

class TablesTest {

    private static final Strategy PROBE = new Strategy.LinearProbe(1e-3);
    private static final Strategy TUNE = new Strategy.FineTune(1e-3, 1e-5);

    @TempDir
    private Path folder;

    private static List<SummaryRow> summary(List<SettingFixture> settings) {
        List<TrialResult> results = new ArrayList<>();
        settings.forEach(setting -> results.addAll(setting.results()));
        return Summary.of(results);
    }

    /** BreastMNIST by two encoders, DermaMNIST by one: of the paper's table 1. */
    private static List<SummaryRow> paper() {
        return summary(List.of(
                SettingFixture.of("breastmnist", "resnet18.a1_in1k", TUNE, 0.88, 0.90),
                SettingFixture.of("breastmnist", "vgg16.tv_in1k", TUNE, 0.86, 0.87),
                SettingFixture.of("dermamnist", "vgg16.tv_in1k", TUNE, 0.80),
                SettingFixture.of("breastmnist", "vgg16.tv_in1k", PROBE, 0.75, 0.75)));
    }

    @Test
    void thePapersTablesAreFilledInItsOrder() {
        List<ResultTable> tables = Tables.of(paper());
        assertThat(tables).extracting(ResultTable::name).containsExactly("table-1");
        ResultTable table = tables.get(0);
        assertThat(table.columns())
                .extracting(ResultTable.Column::key)
                .containsExactly("dermamnist", "pneumoniamnist", "breastmnist");
        assertThat(table.blocks()).extracting(ResultTable.Block::strategy).containsExactly("fine-tune", "linear-probe");
        assertThat(table.blocks().get(0).lines())
                .extracting(ResultTable.Line::encoder)
                .containsExactly("VGG16", "ResNet-18");
    }

    @Test
    void csvHasEveryNumberInPercentBesideThePublishedOne() throws IOException {
        String csv = TableFormat.CSV.write(Tables.of(paper()).get(0));
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(csv, format)) {
            List<CSVRecord> records = parser.getRecords();
            CSVRecord vgg = records.get(0);
            assertThat(vgg.get("encoder")).isEqualTo("VGG16");
            assertThat(vgg.get("breastmnist_seeds")).isEqualTo("2");
            assertThat(vgg.get("breastmnist_acc_mean")).isEqualTo("86.50");
            assertThat(vgg.get("breastmnist_acc_std")).isEqualTo("0.50");
            // The paper's table 1: 90.60 ± 1.21 and 89.88 ± 1.02.
            assertThat(vgg.get("breastmnist_acc_published_mean")).isEqualTo("90.60");
            assertThat(vgg.get("breastmnist_auc_published_std")).isEqualTo("1.02");
            assertThat(vgg.get("pneumoniamnist_acc_mean")).isEmpty();
            assertThat(vgg.get("pneumoniamnist_acc_published_mean")).isEqualTo("90.12");
            assertThat(records.get(1).get("dermamnist_auc_mean")).isEmpty();
        }
    }

    @Test
    void theBestOfAColumnIsBoldUnlessAlone() {
        ResultTable table = Tables.of(paper()).get(0);
        assertThat(TableFormat.MARKDOWN.write(table))
                .contains("| fine-tune | ResNet-18 | – | – | – | – | **89.00 ± 1.00** | **94.00 ± 1.00** |\n")
                .contains("| fine-tune | VGG16 | 80.00 | 85.00 | – | – | 86.50 ± 0.50 | 91.50 ± 0.50 |\n")
                .contains("| linear-probe | VGG16 | – | – | – | – | 75.00 ± 0.00 |")
                .contains("*90.60 ± 1.21*");
        assertThat(TableFormat.LATEX.write(table))
                .contains(
                        "ResNet-18 & -- & -- & -- & -- & \\textbf{89.00 $\\pm$ 1.00} & \\textbf{94.00 $\\pm$ 1.00} \\\\\n")
                .contains("VGG16 & 80.00 & 85.00 & -- & -- & 86.50 $\\pm$ 0.50 &")
                .contains("\\begin{tabular}{lrrrrrr}\n\\toprule\n & \\multicolumn{2}{c}{dermamnist} &")
                .contains("\\cmidrule(lr){2-3}\\cmidrule(lr){4-5}\\cmidrule(lr){6-7}\n")
                .doesNotContain("resizebox");
    }

    @Test
    void otherStudiesGetEncodersByDatasetForEachCondition() {
        List<SummaryRow> summary = summary(List.of(
                SettingFixture.of("breastmnist", "vgg16.tv_in1k", PROBE, 0.75).with(OptionalInt.of(28), Resize.PAD),
                SettingFixture.of("breastmnist", "vgg16.tv_in1k", PROBE, 0.76).with(OptionalInt.of(64), Resize.PAD),
                SettingFixture.of("retinamnist", "vgg16.tv_in1k", PROBE, 0.5).with(OptionalInt.of(64), Resize.PAD),
                SettingFixture.of("own_file", "vgg16.tv_in1k", PROBE, 0.9)
                        .with(OptionalInt.empty(), Resize.PAD)
                        .with(DatasetChoice.Kind.FILE)));
        List<ResultTable> tables = Tables.of(summary);
        assertThat(tables)
                .extracting(ResultTable::name)
                .containsExactly("encoders-linear-probe-size-64", "encoders-linear-probe-size-28");
        assertThat(tables.get(0).columns())
                .extracting(ResultTable.Column::key)
                .containsExactly("breastmnist", "retinamnist", "own_file");
        assertThat(tables.get(1).columns())
                .extracting(ResultTable.Column::key)
                .containsExactly("breastmnist", "own_file");
        assertThat(TableFormat.MARKDOWN.write(tables.get(1)))
                .contains("own\\_file ACC")
                .doesNotContain("published");
        assertThat(TableFormat.LATEX.write(tables.get(1))).contains("{own\\_file}");
    }

    @Test
    void whatMeansSomethingInMarkdownOrLatexIsEscaped() {
        assertThat(MarkdownTable.escape("a|b*c_d\\e\nf<g>")).isEqualTo("a\\|b\\*c\\_d\\\\e f\\<g\\>");
        assertThat(LatexTable.escape("50% & $5 #1 _x_ {y} ~z^ \\w\n<"))
                .isEqualTo("50\\% \\& \\$5 \\#1 \\_x\\_ \\{y\\} \\textasciitilde{}z\\textasciicircum{} "
                        + "\\textbackslash{}w \\textless{}");
    }

    @Test
    void tablesNoLongerFilledAreRemovedAndOtherFilesLeft() throws IOException {
        TableFiles.write(Tables.of(paper()), folder);
        Files.writeString(folder.resolve("mine.tex"), "kept");
        assertThat(folder.resolve("table-1.tex")).exists();
        TableFiles.write(List.of(), folder);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("mine.tex");
        }
    }
}
