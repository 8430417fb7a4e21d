/**
 * The command line: picocli commands, progress bars, exit codes. The only room that prints. May import every other room.
 */
package org.osler.cli;
