package org.osler.weights;

/**
 * A file on the Hugging Face hub.
 *
 * @param repository owner and name, e.g. {@code timm/resnet18.a1_in1k}
 * @param file its path in the repository, e.g. {@code model.safetensors}
 */
public record HubFile(String repository, String file) {

    /** The name that timm and transformers give to a repository's weights. */
    public static final String MODEL = "model.safetensors";

    /** The weights of a repository under their usual name. */
    public static HubFile model(String repository) {
        return new HubFile(repository, MODEL);
    }

    /** The name of a repository's folder in the Hugging Face cache: {@code models--owner--name}. */
    public static String folder(String repository) {
        return "models--" + repository.replace("/", "--");
    }

    /** The page where a person finds it. */
    public String page() {
        return "https://huggingface.co/" + repository;
    }
}
