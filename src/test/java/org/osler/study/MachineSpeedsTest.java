package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.encoder.EncoderCatalog;
import org.osler.tensor.Device;
import org.osler.tensor.Precision;
import org.osler.train.HeadSpeed;
import org.osler.train.Progress;
import org.osler.train.Throughput;
import org.osler.weights.Home;

/** What is measured, for how long, and what is kept of it, on a made-up machine. */
class MachineSpeedsTest {

    private static final List<String> PAPER = List.of(
            "resnet18",
            "densenet121",
            "efficientnet_b4",
            "vgg16",
            "vit_tiny_patch16_224",
            "vit_base_patch16_224",
            "samvit_base_patch16");

    @TempDir
    private Path folder;

    private final Made machine = new Made();

    /** A machine that makes so many thousand million multiplications with addition a second. */
    private static final class Made implements SpeedMeter {
        private double billions = 200;
        private double slowerEachTime = 1;
        private double taken;
        private double now;
        private double headStep = 1e-9;
        private double headsFasterEachTime = 1;
        private int headsMeasured;
        private final List<String> asked = new ArrayList<>();
        private final List<SpeedTable.Key> keys = new ArrayList<>();

        @Override
        public double clock() {
            return now;
        }

        @Override
        public OptionalDouble imagesPerSecond(SpeedTable.Key key, double most, boolean atAnyRate) {
            asked.add(key.architecture() + " " + key.input());
            keys.add(key);
            double speed = billions * 1e9 / key.operations();
            double first = 4 / speed;
            now += first;
            billions /= slowerEachTime;
            if (first + 4 / speed > most) {
                return atAnyRate ? OptionalDouble.of(speed) : OptionalDouble.empty();
            }
            now += Math.max(0.2, 4 / speed);
            return OptionalDouble.of(speed);
        }

        @Override
        public HeadSpeed heads() {
            headStep /= headsFasterEachTime;
            headsMeasured++;
            return new HeadSpeed(headStep, 1e-9);
        }

        @Override
        public void pause(double seconds) {
            now += seconds;
        }

        @Override
        public void watchOthers() {
            // Always watched.
        }

        @Override
        public double takenByOthers() {
            return taken;
        }
    }

    private static SpeedTable.Key key(String architecture, int input, Throughput.Mode mode) {
        return new SpeedTable.Key(architecture, input, mode, Precision.FP32);
    }

    private static Set<SpeedTable.Key> paper() {
        Set<SpeedTable.Key> keys = new LinkedHashSet<>();
        for (String each : PAPER) {
            keys.add(key(each, EncoderCatalog.architecture(each).orElseThrow().input(), Throughput.Mode.INFER));
            keys.add(key(each, EncoderCatalog.architecture(each).orElseThrow().input(), Throughput.Mode.TRAIN));
        }
        return keys;
    }

    private MachineSpeeds.Speeds speeds(Set<SpeedTable.Key> wanted, boolean again, String maker) throws IOException {
        machine.asked.clear();
        machine.keys.clear();
        machine.now = 0;
        var home = new Home(folder.resolve("home"), folder.resolve("hub"));
        return new MachineSpeeds(SpeedMemory.of(home, maker), machine, Device.CPU).of(wanted, again, Progress.SILENT);
    }

    private MachineSpeeds.Speeds speeds(Set<SpeedTable.Key> wanted) throws IOException {
        return speeds(wanted, false, "this program");
    }

    @Test
    void aFastMachineIsMeasuredWithinItsTimeAndKept() throws IOException {
        MachineSpeeds.Speeds first = speeds(paper());
        assertThat(machine.now).isLessThan(MachineSpeeds.SECONDS_IN_ALL);
        assertThat(first.disturbance()).isEmpty();
        assertThat(paper()).noneMatch(key -> first.encoders().of(key).postponed());
        // ResNet-18 has 1,813,561,344 multiply-adds.
        assertThat(first.encoders()
                        .of(key("resnet18", 224, Throughput.Mode.INFER))
                        .imagesPerSecond())
                .isEqualTo(200e9 / 1_813_561_344.0);
        List<String> asked = List.copyOf(machine.asked);
        assertThat(asked).contains("vgg16 224", "vit_tiny_patch16_224 224").doesNotContain("vit_base_patch16_224 224");
        // The first is measured again at the end.
        assertThat(asked.get(asked.size() - 1)).isEqualTo(asked.get(0));
        MachineSpeeds.Speeds second = speeds(paper());
        assertThat(machine.asked).isEmpty();
        assertThat(second.encoders().of(key("vgg16", 224, Throughput.Mode.TRAIN)))
                .isEqualTo(first.encoders().of(key("vgg16", 224, Throughput.Mode.TRAIN)));
        assertThat(second.heads()).isEqualTo(first.heads());
    }

    @Test
    void aSlowMachineIsNotMeasuredForLongerAndTheNextPlanGoesOn() throws IOException {
        machine.billions = 5;
        MachineSpeeds.Speeds first = speeds(paper());
        assertThat(machine.now).isLessThan(MachineSpeeds.SECONDS_IN_ALL + 3);
        SpeedTable.Speed vgg = first.encoders().of(key("vgg16", 224, Throughput.Mode.INFER));
        assertThat(vgg.postponed()).isTrue();
        assertThat(vgg.scaledFrom()).isPresent();
        assertThat(first.encoders()
                        .of(key("vit_base_patch16_224", 224, Throughput.Mode.INFER))
                        .postponed())
                .as("it is scaled on any machine")
                .isFalse();
        List<SpeedTable.Key> measured = List.copyOf(machine.keys);
        speeds(paper());
        assertThat(machine.keys).isNotEmpty().doesNotContainAnyElementsOf(measured);
        assertThat(machine.now).isLessThan(MachineSpeeds.SECONDS_IN_ALL + 3);
    }

    @Test
    void theFirstOfItsKindIsMeasuredHoweverSlowTheMachineIs() throws IOException {
        machine.billions = 0.5;
        var large = Set.of(key("samvit_base_patch16", 1024, Throughput.Mode.INFER));
        MachineSpeeds.Speeds speeds = speeds(large);
        // Not with 1,024 pixels: that would take an hour.
        assertThat(machine.asked.get(0)).isEqualTo("samvit_base_patch16 224");
        SpeedTable.Speed speed = speeds.encoders().of(large.iterator().next());
        assertThat(speed.scaledFrom()).contains("224 pixels");
        assertThat(speed.imagesPerSecond()).isPositive();
    }

    @Test
    void trainingIsToldFromFeaturesOfTheSameFamilyRatherThanFromTheOtherFamily() {
        var table = new SpeedTable("a machine");
        table.put(key("resnet18", 224, Throughput.Mode.TRAIN), 100);
        table.put(key("vit_tiny_patch16_224", 224, Throughput.Mode.INFER), 90);
        SpeedTable.Speed speed = table.of(key("vit_tiny_patch16_224", 224, Throughput.Mode.TRAIN));
        assertThat(speed.imagesPerSecond()).isEqualTo(30);
        assertThat(speed.scaledFrom()).contains("its features");
        assertThat(table.of(key("vit_base_patch16_224", 224, Throughput.Mode.TRAIN))
                        .scaledFrom())
                .contains("vit_tiny_patch16_224's features");
        assertThat(table.of(key("resnet50", 224, Throughput.Mode.INFER)).scaledFrom())
                .contains("resnet18's training");
    }

    @Test
    void whatOthersDisturbedIsUsedButNotKept() throws IOException {
        machine.taken = 1;
        MachineSpeeds.Speeds speeds = speeds(paper());
        assertThat(speeds.disturbance().orElseThrow()).startsWith("other programs took 1.0 of the ");
        assertThat(machine.asked).as("no more than to have a speed at all").hasSize(1);
        assertThat(speeds.encoders()
                        .of(key("vgg16", 224, Throughput.Mode.TRAIN))
                        .postponed())
                .isTrue();
        assertThat(speeds.encoders()
                        .of(key("resnet18", 224, Throughput.Mode.INFER))
                        .imagesPerSecond())
                .isPositive();
        assertThat(folder.resolve("home/speeds.json")).doesNotExist();
    }

    @Test
    void aMachineThatSlowsDownMeanwhileIsNotKept() throws IOException {
        machine.slowerEachTime = 1.1;
        assertThat(speeds(paper()).disturbance().orElseThrow())
                .matches("vit_tiny_patch16_224 made \\d+ images a second at first, and \\d+ at the end");
        assertThat(folder.resolve("home/speeds.json")).doesNotExist();
    }

    @Test
    void onRequestAllIsMeasuredAgainAndABusyMachineLeavesWhatIsKnown() throws IOException {
        var resnet = key("resnet18", 224, Throughput.Mode.INFER);
        double slow = speeds(Set.of(resnet)).encoders().of(resnet).imagesPerSecond();
        machine.billions = 400;
        assertThat(speeds(Set.of(resnet)).encoders().of(resnet).imagesPerSecond())
                .isEqualTo(slow);
        machine.taken = 1;
        speeds(Set.of(resnet), true, "this program");
        machine.taken = 0;
        assertThat(speeds(Set.of(resnet)).encoders().of(resnet).imagesPerSecond())
                .isEqualTo(slow);
        speeds(Set.of(resnet), true, "this program");
        assertThat(speeds(Set.of(resnet)).encoders().of(resnet).imagesPerSecond())
                .isEqualTo(2 * slow);
    }

    @Test
    void workOnFeaturesIsKeptOnceTwoMeasurementsAgree() throws IOException {
        machine.headsFasterEachTime = 2;
        speeds(Set.of());
        assertThat(machine.headsMeasured).isEqualTo(9);
        machine.headsFasterEachTime = 1;
        double kept = speeds(Set.of()).heads().headStep();
        assertThat(machine.headsMeasured).isEqualTo(11);
        machine.headStep = 1;
        assertThat(speeds(Set.of()).heads().headStep()).isEqualTo(kept);
        assertThat(machine.headsMeasured).isEqualTo(11);
    }

    @Test
    void anotherProgramMeasuresForItself() throws IOException {
        var resnet = key("resnet18", 224, Throughput.Mode.INFER);
        speeds(Set.of(resnet));
        speeds(Set.of(resnet), false, "the next program");
        assertThat(machine.asked).isNotEmpty();
        speeds(Set.of(resnet));
        assertThat(machine.asked).isEmpty();
        assertThat(folder.resolve("home/speeds.json")).content().contains("this program", "the next program");
    }

    @Test
    void aDamagedFileIsMadeAnew() throws IOException {
        Path file = folder.resolve("home/speeds.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{");
        speeds(paper());
        assertThat(machine.asked).isNotEmpty();
        speeds(paper());
        assertThat(machine.asked).isEmpty();
    }

    @Test
    void thisMachineIsMeasured() {
        var meter = new MachineMeter(Device.CPU);
        meter.watchOthers();
        var resnet = key("resnet18", 32, Throughput.Mode.INFER);
        assertThat(meter.imagesPerSecond(resnet, 10, false).orElseThrow()).isPositive();
        assertThat(meter.imagesPerSecond(resnet, 0, false)).isEmpty();
        assertThat(meter.imagesPerSecond(resnet, 0, true).orElseThrow()).isPositive();
        assertThat(meter.takenByOthers()).isNotNegative();
        assertThat(meter.heads().headStep()).isPositive();
    }
}
