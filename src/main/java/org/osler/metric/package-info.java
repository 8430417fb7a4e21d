/**
 * Pure functions on primitive arrays: accuracy, AUC, calibration, intervals. Imports no other room.
 */
package org.osler.metric;
