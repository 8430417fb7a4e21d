package org.osler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The house's floors: imports run downwards only, and libtorch is known in one room. */
class HouseTest {

    /** From the roof down; a room may import those that stand after it. */
    private static final List<String> FLOORS = List.of(
            "cli",
            "report",
            "recommend",
            "study",
            "model",
            "train",
            "encoder",
            "data",
            "weights",
            "nn",
            "metric",
            "tensor");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.osler");

    @Test
    void importsRunDownwardsOnly() {
        for (int floor = 1; floor < FLOORS.size(); floor++) {
            String[] above = FLOORS.subList(0, floor).stream()
                    .map(room -> "org.osler." + room + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("org.osler." + FLOORS.get(floor) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void theGroundImportsNoRoom() {
        noClasses()
                .that()
                .resideInAPackage("org.osler")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.osler.*..")
                .check(CLASSES);
    }

    @Test
    void onlyTensorKnowsLibtorch() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.osler.tensor..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(CLASSES);
    }

    @Test
    void reportKnowsNoTensors() {
        noClasses()
                .that()
                .resideInAPackage("org.osler.report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.osler.tensor..", "org.osler.nn..", "org.osler.encoder..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.osler.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void roomsFormNoCycles() {
        slices().matching("org.osler.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
