package org.osler.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import freemarker.cache.ClassTemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osler.recommend.Recommendation;
import org.osler.report.recommendation.RecommendationPage;
import org.osler.report.review.Review;
import org.osler.report.review.ReviewView;

/**
 * The page as one HTML text: template, style, scripts and the chart library in one, nothing loaded from outside.
 *
 * <p>FreeMarker was chosen because its HTML output format escapes every value unless told not to; ECharts because it
 * draws SVG (sharp in print), comes as a web jar under Apache-2.0 and needs neither {@code eval} nor network. Its
 * {@code common} build has every chart used here at two thirds of the full size.
 */
final class HtmlPage {

    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

    private static final List<String> SCRIPTS = List.of(
            "dom.js",
            "axes.js",
            "charts.js",
            "save.js",
            "colormap.js",
            "encoders.js",
            "heat.js",
            "heatmap.js",
            "overview.js",
            "panels.js",
            "byaxis.js",
            "curves.js",
            "classes.js",
            "byclass.js",
            "examples.js",
            "contents.js",
            "page.js",
            "diagram.js",
            "ranking.js",
            "tables.js");

    private static final List<String> STYLES = List.of(
            "page.css",
            "contents.css",
            "sections.css",
            "figures.css",
            "comparison.css",
            "recommendation.css",
            "review.css",
            "print.css");

    private static final Configuration TEMPLATES = templates();

    private HtmlPage() {}

    /** The whole document of a study that is no recommendation, without a review of its datasets. */
    static String of(ReportModel model) {
        return of(model, Optional.empty(), Review.NONE);
    }

    /** The whole document. */
    static String of(ReportModel model, Optional<Recommendation> recommendation, Review review) {
        var root = new HashMap<String, Object>(
                new ObjectMapper().convertValue(Page.of(model), new TypeReference<Map<String, Object>>() {}));
        root.putAll(new ObjectMapper()
                .convertValue(ComparisonView.of(model.comparison()), new TypeReference<Map<String, Object>>() {}));
        recommendation.ifPresent(found -> root.put(
                "recommendation",
                new ObjectMapper()
                        .convertValue(RecommendationPage.of(found), new TypeReference<Map<String, Object>>() {})));
        root.put(
                "review",
                new ObjectMapper()
                        .convertValue(
                                ReviewView.of(review, PngImage::dataUri), new TypeReference<Map<String, Object>>() {}));
        root.put("css", together(STYLES));
        root.put("echarts", resource(ECHARTS));
        root.put("scripts", together(SCRIPTS));
        root.put("data", ChartData.json(model));
        return fill("report.ftlh", root);
    }

    /** A template of the report's with values in their places. */
    static String fill(String template, Map<String, Object> root) {
        var out = new StringWriter();
        try {
            TEMPLATES.getTemplate(template).process(root, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException("the template " + template + " does not fit its values", e);
        }
        return out.toString();
    }

    /** Several of the report's resources, one after the other. */
    static String together(List<String> names) {
        return names.stream().map(HtmlPage::resource).collect(Collectors.joining("\n"));
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the classpath: the build is incomplete");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Configuration templates() {
        var configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setTemplateLoader(new ClassTemplateLoader(HtmlPage.class, "/org/osler/report"));
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setLocale(Locale.ROOT);
        configuration.setNumberFormat("computer");
        return configuration;
    }
}
