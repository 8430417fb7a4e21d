package org.osler.study;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.osler.train.Progress;

/** Outlooks for tests. */
public final class Outlooks {

    private Outlooks() {}

    /** One that does not know. */
    public static Outlook unknown() {
        var outlook = new Outlook(InstantSource.system());
        outlook.add("trial", new Outlook.Part(PlanCost.Kind.ENCODER, "vit", 1));
        return outlook;
    }

    /** One that says so many seconds. */
    public static Outlook ofSeconds(long seconds) {
        Instant[] now = {Instant.EPOCH};
        var outlook = new Outlook(() -> now[0]);
        outlook.add("done", new Outlook.Part(PlanCost.Kind.ENCODER, "vit", 1));
        outlook.add("left", new Outlook.Part(PlanCost.Kind.ENCODER, "vit", 1));
        outlook.of(Progress.SILENT, List.of("done")).begin("work", 1).step(1);
        now[0] = now[0].plusSeconds(seconds);
        outlook.pause(true);
        return outlook;
    }
}
