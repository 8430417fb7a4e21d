package org.osler.cli;

import picocli.CommandLine.Parameters;

/** The dataset that a command works on, as its one argument. */
final class DataArgument {

    @Parameters(
            paramLabel = "DATA",
            description =
                    "One of 'osler datasets', an .npz file of the MedMNIST layout, a folder of class folders"
                            + " (DIR/class/… or DIR/train/class/…), or a .csv manifest of images (image,label[,split][,group]…).")
    private String data;

    /** As the user wrote it. */
    String said() {
        return data;
    }
}
