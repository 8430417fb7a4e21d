package org.osler.metric;

/** What is to be predicted, in the four kinds that MedMNIST knows. */
public enum Task {
    /** Two classes; the head has one logit, scores have two columns (1 − p, p). */
    BINARY("binary"),
    /** C exclusive classes; C logits, softmax scores. */
    MULTI_CLASS("multi-class"),
    /** C ordered classes; treated as {@link #MULTI_CLASS}, as the MedMNIST package does. */
    ORDINAL("ordinal"),
    /** L labels, each present or not; L logits, one sigmoid score a label. */
    MULTI_LABEL("multi-label");

    private final String id;

    Task(String id) {
        this.id = id;
    }

    /** The name used in files and tables, e.g. {@code multi-class}. */
    public String id() {
        return id;
    }

    /** How many logits a head has for a dataset of {@code classes} classes (or labels). */
    public int logits(int classes) {
        return this == BINARY ? 1 : classes;
    }
}
