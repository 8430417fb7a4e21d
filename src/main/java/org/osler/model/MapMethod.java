package org.osler.model;

import java.util.Locale;

/** How the map of an {@link Explanation} is made. */
public enum MapMethod {
    /** Which places speak for a class, through encoder and head: {@link org.osler.encoder.GradCam}. */
    GRAD_CAM,
    /**
     * Which patches the features attend to, whatever the class: {@link org.osler.encoder.Attending#rollout}. Of
     * transformers without windows only.
     */
    ATTENTION;

    /** The name used on the command line: {@code grad-cam}, {@code attention}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
