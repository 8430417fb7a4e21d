package org.osler.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.osler.InputException;
import org.osler.study.Share;
import org.osler.study.Study;
import org.osler.study.StudyFile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --shard} says: which part of a study, and with it where its results go. */
final class ShardOption implements ITypeConverter<Share> {

    @Override
    public Share convert(String text) {
        try {
            return Share.parse(text);
        } catch (InputException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** A study with a results folder for the part alone: the machines that work on the others may not share a file system. */
    static Study study(Path file, Map<String, String> settings, Share share) {
        Study study = StudyFile.read(file, settings);
        if (share.isWhole() || settings.containsKey("out")) {
            return study;
        }
        String part = study.out() + "-" + share.number() + "-of-" + share.of();
        Map<String, String> more = new TreeMap<>(settings);
        more.put("out", part);
        return StudyFile.read(file, more);
    }
}
