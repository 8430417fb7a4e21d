/**
 * libtorch: scopes, devices, precision, operators. The only room that knows {@code org.bytedeco}. Imports no other room.
 */
package org.osler.tensor;
