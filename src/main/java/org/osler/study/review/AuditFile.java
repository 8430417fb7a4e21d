package org.osler.study.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osler.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audits in a results folder: one file for each dataset and size, named by its name and hash. */
public final class AuditFile {

    /** The folder in the results folder. */
    public static final String FOLDER = "audit";

    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);
    private static final int HASH_DIGITS = 8;

    private AuditFile() {}

    private static Path path(Path results, String dataset, String hash) {
        return results.resolve(FOLDER).resolve(dataset + "-" + hash.substring(0, HASH_DIGITS) + ".json");
    }

    /** Puts an audit away, in place of an older one of the same dataset. */
    public static void write(Path results, Audit audit) throws IOException {
        AtomicFile.write(path(results, audit.dataset(), audit.hash()), new ObjectMapper().writeValueAsBytes(audit));
    }

    /** The audit of a dataset, if there is one and this version wrote it. */
    public static Optional<Audit> find(Path results, String dataset, String hash) throws IOException {
        Path file = path(results, dataset, hash);
        return Files.isRegularFile(file)
                ? read(file).filter(audit -> audit.hash().equals(hash))
                : Optional.empty();
    }

    /** All audits of a results folder that can be read, in the order of their files' names. */
    public static List<Audit> all(Path results) throws IOException {
        Path folder = results.resolve(FOLDER);
        List<Audit> audits = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                        .sorted()
                        .toList()) {
                    read(file).ifPresent(audits::add);
                }
            }
        }
        return audits;
    }

    private static Optional<Audit> read(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try {
            JsonNode json = mapper.readTree(file.toFile());
            if (json.path("format").asInt() != Audit.FORMAT) {
                LOG.warn("{} is of another version of Osler; it is made anew by the next run", file);
                return Optional.empty();
            }
            return Optional.of(mapper.treeToValue(json, Audit.class));
        } catch (JsonProcessingException e) {
            LOG.warn("{} is damaged ({}); it is made anew by the next run", file, e.getOriginalMessage());
            return Optional.empty();
        }
    }
}
