package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ChartDataTest {

    private static final ReportModel MODEL = DemoModel.make();
    private static final String JSON = ChartData.json(MODEL);

    @Test
    void cannotEndTheScriptElementItStandsIn() {
        assertThat(JSON).doesNotContain("<").doesNotContain(">").doesNotContain("&");
    }

    @Test
    void readsBackAsTheModelsNamesAndNumbers() throws Exception {
        JsonNode data = new ObjectMapper().readTree(JSON);
        assertThat(data.at("/datasets/1/labels/4").asText()).isEqualTo(DemoModel.HOSTILE);
        assertThat(data.at("/rows").size()).isEqualTo(MODEL.rows().size());
        assertThat(data.at("/rows/1/accuracy/mean").asDouble())
                .isCloseTo(MODEL.rows().get(1).accuracy().mean(), within(1e-6));
    }

    @Test
    void undefinedNumbersAreNull() throws Exception {
        JsonNode last =
                new ObjectMapper().readTree(JSON).at("/rows/" + (MODEL.rows().size() - 1));
        assertThat(last.at("/auc/mean").isNull()).isTrue();
        assertThat(last.at("/runs/0/detail/classes/2/0").isNull()).isTrue();
        assertThat(JSON).doesNotContainPattern("[:,\\[\"]NaN");
    }
}
