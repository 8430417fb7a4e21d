package org.osler.study;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osler.encoder.Architecture.Family;

/**
 * The list under {@code strategies}: names, or names with settings. A list of learning rates gives a strategy each;
 * {@code encoder-lr} may differ by family.
 */
final class StrategySection {

    static final List<String> NAMES =
            List.of(Strategy.LinearProbe.ID, Strategy.FineTune.ID, Strategy.NearestNeighbours.ID);

    private static final String HEAD_LR = "head-lr";
    private static final String ENCODER_LR = "encoder-lr";
    private static final String K = "k";

    /** Doerrich et al. 2024. */
    private static final int DEFAULT_K = 11;

    private static final int LARGEST_K = 10_000;

    private final RecipeDefaults defaults;
    private final List<BatchNorm> batchNorms;

    private StrategySection(RecipeDefaults defaults, List<BatchNorm> batchNorms) {
        this.defaults = defaults;
        this.batchNorms = batchNorms;
    }

    /**
     * Reads the strategies.
     *
     * @param defaults learning rates where none are given
     * @param batchNorms the ways of probing encoders that have batch norm
     */
    static Map<Family, List<Strategy>> read(Yaml node, RecipeDefaults defaults, List<BatchNorm> batchNorms) {
        return new StrategySection(defaults, batchNorms).read(node);
    }

    private Map<Family, List<Strategy>> read(Yaml node) {
        Map<String, Map<Family, List<Strategy>>> named = new LinkedHashMap<>();
        for (Yaml item : Values.items(node, "strategies")) {
            if (item instanceof Yaml.Mapping mapping) {
                mapping.entries().values().forEach(entry -> add(named, entry.place(), entry.key(), entry.value()));
            } else {
                add(named, item.place(), Values.text(item, "strategies"), null);
            }
        }
        Map<Family, List<Strategy>> all = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            all.put(
                    family,
                    named.values().stream()
                            .flatMap(one -> one.get(family).stream())
                            .toList());
        }
        return all;
    }

    private void add(Map<String, Map<Family, List<Strategy>>> named, Place place, String name, Yaml settings) {
        if (!NAMES.contains(name)) {
            throw place.error("unknown strategy \"" + name + "\"; " + Nearest.hint(name, NAMES));
        }
        if (named.containsKey(name)) {
            throw place.error("strategies: \"" + name + "\" is listed twice; give it lists of values instead");
        }
        named.put(name, strategies(name, settings));
    }

    private Map<Family, List<Strategy>> strategies(String name, Yaml settings) {
        return switch (name) {
            case Strategy.LinearProbe.ID -> forEveryFamily(probes(settings));
            case Strategy.FineTune.ID -> fineTunes(settings);
            default -> forEveryFamily(neighbours(settings));
        };
    }

    private List<Strategy> probes(Yaml settings) {
        List<Double> headLrs = settings == null
                ? List.of(defaults.headLr())
                : headLrs(Section.of(settings, Strategy.LinearProbe.ID, List.of(HEAD_LR)));
        return batchNorms.stream()
                .flatMap(batchNorm ->
                        headLrs.stream().<Strategy>map(headLr -> new Strategy.LinearProbe(headLr, batchNorm)))
                .toList();
    }

    private static List<Strategy> neighbours(Yaml settings) {
        if (settings == null) {
            return List.of(new Strategy.NearestNeighbours(DEFAULT_K));
        }
        return Section.of(settings, Strategy.NearestNeighbours.ID, List.of(K))
                .find(K)
                .map(node -> Values.list(node, K, item -> Values.whole(item, K, 1, LARGEST_K)))
                .orElse(List.of(DEFAULT_K))
                .stream()
                .<Strategy>map(Strategy.NearestNeighbours::new)
                .toList();
    }

    private Map<Family, List<Strategy>> fineTunes(Yaml settings) {
        List<Double> headLrs = List.of(defaults.headLr());
        Map<Family, List<Double>> encoderLrs = defaultEncoderLrs();
        if (settings != null) {
            Section section = Section.of(settings, Strategy.FineTune.ID, List.of(ENCODER_LR, HEAD_LR));
            headLrs = headLrs(section);
            encoderLrs = section.find(ENCODER_LR).map(this::encoderLrs).orElse(encoderLrs);
        }
        Map<Family, List<Strategy>> all = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            List<Strategy> strategies = new ArrayList<>();
            for (double encoderLr : encoderLrs.get(family)) {
                headLrs.forEach(headLr -> strategies.add(new Strategy.FineTune(headLr, encoderLr)));
            }
            all.put(family, strategies);
        }
        return all;
    }

    private List<Double> headLrs(Section section) {
        return section.find(HEAD_LR).map(node -> learningRates(node, HEAD_LR)).orElse(List.of(defaults.headLr()));
    }

    private Map<Family, List<Double>> encoderLrs(Yaml node) {
        if (!(node instanceof Yaml.Mapping)) {
            return forEveryFamily(learningRates(node, ENCODER_LR));
        }
        Section section = Section.of(node, ENCODER_LR, List.of(key(Family.CNN), key(Family.VIT)));
        Map<Family, List<Double>> rates = defaultEncoderLrs();
        for (Family family : Family.values()) {
            section.find(key(family)).ifPresent(list -> rates.put(family, learningRates(list, ENCODER_LR)));
        }
        return rates;
    }

    private Map<Family, List<Double>> defaultEncoderLrs() {
        Map<Family, List<Double>> rates = new EnumMap<>(Family.class);
        defaults.encoderLr().forEach((family, rate) -> rates.put(family, List.of(rate)));
        return rates;
    }

    private static String key(Family family) {
        return family.name().toLowerCase(Locale.ROOT);
    }

    private static List<Double> learningRates(Yaml node, String key) {
        return Values.list(node, key, item -> Values.number(item, key, Values.Range.LEARNING_RATE));
    }

    private static <T> Map<Family, List<T>> forEveryFamily(List<T> values) {
        Map<Family, List<T>> all = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            all.put(family, values);
        }
        return all;
    }
}
