/** The live view of a run: its report so far and how far it has come, on a loopback address. May import what report may. */
package org.osler.report.live;
