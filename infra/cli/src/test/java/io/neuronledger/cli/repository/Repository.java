package io.neuronledger.cli.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The files that people wrote, by their paths from the top of the repository. */
final class Repository {
  /** What a build, a package manager or git made. */
  private static final Set<String> MADE = Set.of("target", "node_modules", ".git", ".ledger");

  private final Path top;
  private final List<Path> files = new ArrayList<>();

  /** @param top where the parent pom is */
  Repository(Path top) {
    this.top = top;
    try {
      Files.walkFileTree(top, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
          return MADE.contains(String.valueOf(folder.getFileName())) ? FileVisitResult.SKIP_SUBTREE
              : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
          files.add(top.relativize(file));
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This repository: tests run in the folder of their module. */
  static Repository ofThisBuild() {
    return new Repository(Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve("ledger"))).findFirst().orElseThrow());
  }

  /** @param ending of the names */
  List<Path> files(String ending) {
    return files.stream().filter(file -> file.toString().endsWith(ending)).sorted().toList();
  }

  /** The Java sources of what is shipped or run, not those of tests. */
  List<Path> productionSources() {
    return files(".java").stream().filter(file -> file.toString().contains("src/main/java/")).toList();
  }

  String text(Path file) {
    try {
      return Files.readString(top.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> lines(Path file) {
    return text(file).lines().toList();
  }

  /** Whether there is such a file or folder. */
  boolean has(Path path) {
    return Files.exists(top.resolve(path));
  }
}
